// A function that has the name of one of the math library, but is declared by the program, may do anything.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: FileCheck %s < %t.o2.c
// RUN: %cc %cflags -fno-builtin -O2 %t.o2.c -o %t.o2 %link -lm
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <stdbool.h>
#include <stdint.h>
#include <tine.h>

double log2(double x);
static double exp2(double x);

// CHECK: int errno_ = tine__direct_begin(
// CHECK: {{^}}TINE__INLINE double own__tine_3(tine_worker *tine__w, tine_task *tine__t, int n){{$}}
// CHECK-NEXT: {{.*}}tine__frame_shared(tine__w, tine__t)
static double own(int n)
{
    if (n == 0)
        return 1;
    flowvar(double) x = spawn own(n - 1);
    return log2(2) + sync(x);
}

// CHECK: {{^}}TINE__INLINE double inside__tine_3(tine_worker *tine__w, tine_task *tine__t, int n){{$}}
// CHECK-NEXT: {{.*}}tine__frame_shared(tine__w, tine__t)
static double inside(int n)
{
    if (n == 0)
        return 1;
    flowvar(double) x = spawn inside(n - 1);
    errno = 5;
    double y = exp2(n) + sync(x);
    assert(errno == 5);
    return y;
}

static double exp2(double x)
{
    flowvar(double) y = spawn own((int)x);
    return sync(y);
}

// So may one that is declared by the system and defined here.
// CHECK: {{^}}TINE__INLINE double seeded__tine_3(tine_worker *tine__w, tine_task *tine__t, int n){{$}}
// CHECK-NEXT: {{.*}}tine__frame_shared(tine__w, tine__t)
static double seeded(int n)
{
    if (n == 0)
        return 1;
    flowvar(double) x = spawn seeded(n - 1);
    unsigned seed = 2;
    return rand_r(&seed) + sync(x);
}

int rand_r(unsigned *seed)
{
    flowvar(double) y = spawn own((int)*seed);
    return (int)sync(y);
}

static double builtin_log(double x)
{
    return __builtin_log(x);
}

static bool builtin_malloc(size_t size)
{
    void *volatile memory = __builtin_malloc(size);
    bool failed = memory == NULL;
    free(memory);
    return failed;
}

/* What compilers know as builtins sets errno as well. */
static void builtins(void)
{
    volatile double below = -1;
    volatile size_t huge = SIZE_MAX / 2 - 4096;
    errno = 7;
    flowvar(double) x = spawn builtin_log(below);
    assert(sync(x) != 0 && errno == 7);
    flowvar(bool) failed = spawn builtin_malloc(huge);
    assert(sync(failed) && errno == 7);
    char copy[4];
    __builtin___memcpy_chk(copy, "abc", sizeof copy, sizeof copy);
    assert(strcmp(copy, "abc") == 0);
}

int main(void)
{
    builtins();
    assert(seeded(3) == 10);
    assert(own(3) == 4);
    assert(inside(3) == 10);
    return 0;
}
