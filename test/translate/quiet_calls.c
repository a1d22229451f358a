// Functions of the system's math library may set errno and no more: code that calls them keeps no stack top in memory
// for them, and sync keeps errno. (quiet_names.c: what only has such a name.)
// RUN: %translate %s %t.o2.c -- -O2
// RUN: FileCheck %s < %t.o2.c
// RUN: FileCheck --check-prefix=CHECK-SYNC %s < %t.o2.c
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link -lm
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <tine.h>

static double root(double x)
{
    return sqrtf((float)x) > 1 ? sqrt(x) : log10(x); /* EDOM below 0 */
}

// CHECK-SYNC-LABEL: tine__sync_x_{{[0-9]+}}(
// CHECK-SYNC-NOT: direct_begin
// CHECK-SYNC: errno_of
// CHECK-SYNC-NOT: direct_end
// CHECK-SYNC: set_errno
// CHECK: {{^}}TINE__INLINE double roots__tine_3(tine_worker *tine__w, tine_task *tine__t, int n){{$}}
// CHECK-NEXT: {{.*}}tine__frame(tine__w, tine__t)
static double roots(int n)
{
    if (n == 0)
        return root(-1);
    flowvar(double) x = spawn roots(n - 1);
    errno = 5;
    double y = sync(x);
    assert(errno == 5 && isnan(y));
    return root(-2) + y;
}

// CHECK: {{^}}TINE__INLINE long digits__tine_3(tine_worker *tine__w, tine_task *tine__t, const char *text){{$}}
// CHECK-NEXT: {{.*}}tine__frame(tine__w, tine__t)
static long digits(const char *text)
{
    if (*text == '\0')
        return 0;
    flowvar(long) rest = spawn digits(text + 1);
    long first = isdigit((unsigned char)*text) && tolower(*text) == *text && strnlen(text, 1) == 1 && atoi(text) > 0 &&
                 round(0.4) == 0 && floorl(1.5L) == 1 && powf(1, 2) == 1 && !isinf(cbrtf(1));
    return first + sync(rest);
}

int main(void)
{
    roots(5);
    assert(digits("a1b23c") == 3);
    errno = 7;
    flowvar(double) x = spawn root(-1);
    double y = sync(x);
    assert(errno == 7 && isnan(y));
    return 0;
}
