// _Generic chooses the function that is spawned; its operands and those of sizeof are kept.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

static int of_int(int i)
{
    return i;
}
static double of_double(double d)
{
    return d / 2;
}

#define HALF(x) _Generic((x), int: of_int, double: of_double)(x)

int main(void)
{
    flowvar(int) a = spawn _Generic(1, int: of_int, double: of_double)(4);
    flowvar(double) b = spawn HALF(3.0);
    __typeof__(sync(a)) c = sync(a);
    assert(c == 4 && sizeof(sync(b)) == sizeof(double));
    assert(sync(b) == 1.5);
    return 0;
}
