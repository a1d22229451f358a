// A local flowvar that is assigned while spawned waits for the old task first.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

static int runs;

static int run(int i)
{
    __atomic_fetch_add(&runs, 1, __ATOMIC_RELAXED);
    return i;
}

static int chain(int n)
{
    flowvar(int) x;
    flowvar(int) v[2];
    int i = 0;
    for (int k = 0; k < n; k++)
        x = spawn run(k);
    v[i++] = spawn run(1);
    v[--i] = spawn run(2);
    return sync(x) + sync(v[0]);
}

int main(void)
{
    assert(chain(5) == 6);
    assert(runs == 7);
    return 0;
}
