// spawn as operand of ?:, of the comma, in a statement expression, as an argument and in return.
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

static flowvar(int) start(int i)
{
    return spawn id(i);
}

static flowvar(int) choose(int i)
{
    return i > 0 ? spawn id(i) : spawn id(-i);
}

static flowvar(int) local(int i)
{
    flowvar(int) x = spawn id(i);
    return x;
}

static int finish(flowvar(int) x)
{
    return sync(x);
}

int main(void)
{
    int n = 0;
    flowvar(int) a = n ? spawn id(1) : spawn id(2);
    flowvar(int) b = (n++, spawn id(n));
    flowvar(int) c = ({ int m = 40; spawn id(m + n); });
    assert(sync(a) == 2);
    assert(sync(b) == 1);
    assert(sync(c) == 41);
    assert(sync(start(3)) == 3);
    assert(sync(choose(-4)) == 4);
    assert(sync(local(5)) == 5);
    assert(finish(spawn id(6)) == 6);
    assert(finish(start(7)) == 7);
    return 0;
}
