// A task that is given the address of a local ends before the local does.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

static void fill(int *p, int n)
{
    for (int i = 0; i < n; i++)
        p[i] = i;
}

static int sums(int n)
{
    flowvar(void) left, right;
    int v[64];
    left = spawn fill(v, 32);
    right = spawn fill(v + 32, 32);
    sync(left);
    sync(right);
    int sum = 0;
    for (int i = 0; i < 64; i++)
        sum += v[i] * n;
    return sum;
}

int main(void)
{
    assert(sums(1) == 992);
    return 0;
}
