// A forgotten task ends before the locals of its block die, also those declared after its flowvar.
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

static int runs;

static int fill(int *p, int n)
{
    for (int round = 0; round < 50; round++)
        for (int i = 0; i < n; i++)
            p[i] = i;
    __atomic_fetch_add(&runs, 1, __ATOMIC_RELAXED);
    return p[n - 1];
}

static int one(int early)
{
    flowvar(int) a, b;
    int v[100];
    a = spawn fill(v, 50);
    if (early)
        return -1;
    int w[100];
    b = spawn fill(w, 50);
    if (!is_spawned(b))
        return -2;
    return sync(a);
}

static int array(int n)
{
    flowvar(int) x[4];
    int v[4][100];
    for (int i = 0; i < n; i++)
        x[i] = spawn fill(v[i], 100);
    if (n > 3)
        return 0;
    return sync(x[0]);
}

static int holder(int n)
{
    struct pair p;
    flowvar(int) moved;
    int v[100], w[10];
    p.right = spawn fill(v, 100);
    moved = spawn fill(w, 10);
    if (n)
        return 0;
    flowvar(int) x = flowvar_move(moved);
    return sync(x) + sync(p.right);
}

/* A jump passes the later local. */
static int passed(int n)
{
    int used = 0;
    flowvar(int) x = spawn fill(&used, 1);
    if (n)
        goto out;
    n = sync(x);
    int v[10];
    v[9] = 0;
    flowvar(int) y = spawn fill(v, 10);
    n += sync(y);
out:
    return n;
}

int main(void)
{
    assert(one(0) == 49);
    assert(one(1) == -1);
    assert(runs == 3);
    assert(array(4) == 0);
    assert(array(2) == 99);
    assert(runs == 9);
    assert(holder(1) == 0);
    assert(holder(0) == 108);
    assert(runs == 13);
    assert(passed(0) == 9);
    assert(passed(2) == 2);
    assert(runs == 16);
    return 0;
}
