// Macros of the user's that are called as fields of the runtime's structs.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

#define top 1
#define worker 2
#define fn 3
#define payload 4
#define depth 5
#define base 6
#define split 7
#define notify 8
#define heap_base 9
#define heap_bottom 10
#define thief 11
#define frame 12
#define opaque 13
#define done 14
#define next 15

static long fib(int n)
{
    if (n < 2)
        return n;
    flowvar(long) a = spawn fib(n - 1);
    long b = fib(n - 2);
    return sync(a) + b;
}

static long several(int n)
{
    flowvar(long) a[3];
    sync_scope {
        for (int i = 0; i < 3; i++)
            a[i] = spawn fib(n + i);
    }
    long sum = 0;
    for (int i = 0; i < 3; i++)
        sum += sync(a[i]);
    tine_pending(long) p = tine_submit fib(n);
    return sum + tine_wait_for(p);
}

int main(void)
{
    assert(fib(top + worker + fn) == 8);
    assert(several(heap_bottom) == 55 + 89 + 144 + 55);
    return 0;
}
