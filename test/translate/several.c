// Several spawns in one declaration, on one line and in one expression.
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

static int add(flowvar(int) a, flowvar(int) b, flowvar(int) c)
{
    return sync(a) + sync(b) + sync(c);
}

int main(void)
{
    flowvar(int) a = spawn id(1), b = spawn id(2), c;
    c = spawn id(3); flowvar(int) d = spawn id(4); flowvar(int) e = spawn id(5);
    assert(sync(a) + sync(b) + sync(c) + sync(d) + sync(e) == 15);
    assert(add(spawn id(1), spawn id(2), spawn id(3)) == 6);
    return 0;
}
