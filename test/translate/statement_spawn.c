// A void function spawned as a statement ends before the scope does.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

#include <stdatomic.h>

static atomic_int sum;

static void add(int n)
{
    atomic_fetch_add(&sum, n);
}

static void spread(int n)
{
    sync_scope {
        for (int i = 1; i <= n; i++)
            spawn add(i);
        if (n > 3)
            spawn add(1000);
        else
            spawn add(2000);
    }
    assert(sum == n * (n + 1) / 2 + (n > 3 ? 1000 : 2000));
    sum = 0;
}

int main(void)
{
    spread(10);
    spread(3);
    return 0;
}
