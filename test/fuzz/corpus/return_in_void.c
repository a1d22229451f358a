// Statement spawns beside handles in a sync_scope of one function, more than the stack has room for.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=4 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <stdatomic.h>
#include <tine.h>

static atomic_long total;

static void work(int n)
{
    volatile int x = 0;
    for (int i = 0; i < n; i++)
        x = x + i;
    total += 1;
}

static void sub(int depth)
{
    if (depth == 0) {
        work(10);
        return;
    }
    sync_scope {
        for (int i = 0; i < 3; i++)
            spawn sub(depth - 1);
        flowvar(void) x;
        if (depth & 1)
            many(1000);
    }
    return total == 10 * 2447 ? 0 : 1;
}
