// A variable-length array of flowvars; what is still spawned at its end is waited for.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

static int count;

static int one(int i)
{
    __atomic_fetch_add(&count, 1, __ATOMIC_RELAXED);
    return i;
}

static int sum(int n, int upto)
{
    flowvar(int) v[n];
    int total = 0;
    for (int i = 0; i < n; i++)
        v[i] = spawn one(i);
    for (int i = 0; i < upto; i++)
        total += sync(v[i]);
    return total;
}

int main(void)
{
    assert(sum(20, 20) == 190);
    assert(sum(20, 5) == 10);
    assert(count == 40);
    return 0;
}
