// is_spawned on a flowvar that may not have been spawned.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

static int twice(int i)
{
    return 2 * i;
}

static int maybe(int go)
{
    flowvar(int) x;
    if (go)
        x = spawn twice(go);
    if (is_spawned(x))
        return sync(x);
    return -1;
}

static int array(int n)
{
    flowvar(int) v[8];
    int sum = 0;
    for (int i = 0; i < 8; i++)
        if (i % 2 == n)
            v[i] = spawn twice(i);
    for (int i = 0; i < 8; i++)
        if (is_spawned(v[i]))
            sum += sync(v[i]);
    return sum;
}

int main(void)
{
    assert(maybe(0) == -1);
    assert(maybe(4) == 8);
    assert(array(0) == 24);
    assert(array(1) == 32);
    return 0;
}
