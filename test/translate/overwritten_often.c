// A handle that is assigned spawn after spawn keeps the room of one task: the old one goes before the new one comes.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

static int id(int i)
{
    return i;
}

static int scalar(int n)
{
    flowvar(int) x;
    for (int i = 0; i < n; i++)
        x = spawn id(i);
    return sync(x);
}

static int element(int n)
{
    flowvar(int) v[2];
    for (int i = 0; i < n; i++)
        v[i & 1] = spawn id(i);
    return sync(v[0]) + sync(v[1]);
}

/* The operands use the old handle. */
static int pipe(int n)
{
    flowvar(int) x = spawn id(0);
    for (int i = 0; i < n; i++)
        if (i % 3 == 0)
            x = spawn id(i);
        else
            x = spawn id(sync(x) + 1);
    return sync(x);
}

int main(void)
{
    assert(scalar(10000000) == 9999999);
    assert(element(10000000) == 19999997);
    assert(pipe(10) == 9);
    return 0;
}
