// spawn inside the arguments of spawn, and sync inside them.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

static int inc(int i)
{
    return i + 1;
}

static int take(flowvar(int) x, flowvar(int) y)
{
    return sync(x) * 10 + sync(y);
}

int main(void)
{
    flowvar(int) a = spawn take(spawn inc(1), spawn inc(2));
    assert(sync(a) == 23);
    flowvar(int) b = spawn inc(1);
    flowvar(int) c = spawn inc(sync(b));
    assert(sync(c) == 3);
    return 0;
}
