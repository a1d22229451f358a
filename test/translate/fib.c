// The RFC's first example: a result, a plain recursive call beside it, sync in an expression.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

static long fib(int n)
{
    if (n < 2)
        return n;
    flowvar(long) x = spawn fib(n - 1);
    long y = fib(n - 2);
    return sync(x) + y;
}

int main(void)
{
    assert(fib(20) == 6765);
    return 0;
}
