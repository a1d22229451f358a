// flowvar_move hands a flowvar on and leaves it not spawned; a struct that holds one is returned.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

struct pair {
    flowvar(int) left, right;
};

static int id(int i)
{
    return i;
}

static int take(flowvar(int) x)
{
    return sync(x);
}

static struct pair start(int i)
{
    struct pair p;
    p.left = spawn id(i);
    p.right = spawn id(i + 1);
    return p;
}

int main(void)
{
    flowvar(int) x = spawn id(3);
    int y = take(flowvar_move(x));
    assert(y == 3 && !is_spawned(x));
    struct pair p = start(4);
    flowvar(int) z = flowvar_move(p.left);
    assert(sync(z) + sync(p.right) == 9);
    assert(!is_spawned(p.left));
    return 0;
}
