// Mutual recursion of functions that spawn each other.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

static long odd(int n);

static long even(int n)
{
    if (n == 0)
        return 1;
    flowvar(long) x = spawn odd(n - 1);
    long y = n > 1 ? odd(n - 1) : 0;
    return sync(x) + y;
}

static long odd(int n)
{
    if (n == 0)
        return 0;
    flowvar(long) x = spawn even(n - 1);
    return sync(x);
}

int main(void)
{
    assert(even(10) == 32);
    return 0;
}
