// A handle whose declaration a jump passes is waited for where its own block is left, by every way out.
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

static int run(int *p)
{
    for (int i = 0; i < 1000; i++)
        __atomic_fetch_add(p, 1, __ATOMIC_RELAXED);
    return __atomic_add_fetch(&runs, 1, __ATOMIC_RELAXED);
}

static int by_break(int k)
{
    int v = 0;
    switch (k) {
    case 3:;
        flowvar(int) x = spawn run(&v);
        break;
    case 4:
        x = spawn run(&v);
        return sync(x);
    case 5:
        x = spawn run(&v);
    }
    return v;
}

static int by_end(int k)
{
    {
        int v = 0;
        if (k > 50)
            goto in;
        flowvar(int) x = spawn run(&v);
        if (k == 7)
            sync(x);
    in:
        k++;
    }
    return runs;
}

static int in_a_loop(int n)
{
    int missed = 0;
    for (int i = 0; i < n; i++) {
        int before = runs, v = 0;
        switch (i & 1) {
        case 0:;
            int w = 0;
            flowvar(int) x = spawn run(&w);
            if (i == 2)
                continue;
            break;
        default:
            x = spawn run(&v);
        }
        missed += runs == before;
    }
    return missed;
}

static int by_goto(int k)
{
    int seen = -1;
    do {
        int v = 0;
        if (k == 0)
            goto in;
        flowvar(int) x[2];
        x[1] = spawn run(&v);
        if (k == 1) goto out;
    in:
        x[0] = spawn run(&v);
        if (k == 2) break;
        if (k == 3) return is_spawned(x[0]);
        seen = -2;} while (0);
out:
    return seen - runs;
}

/* The result is computed before, and a handle that is returned stays. */
static flowvar(int) by_return(int k, int *p)
{
    int v = 0;
    if (k == 0)
        goto in;
    flowvar(int) x = spawn run(p);
    flowvar(int) y = spawn run(&v);
    if (k == 1)
        return x;
in:
    y = spawn run(p);
    return y;
}

static int in_a_for(int k)
{
    if (k > 0)
        goto in;
    for (flowvar(int) x = spawn run(&k); k < 0;) {
    in:
        x = spawn run(&k);
        break;
    }
    return runs;
}

static int in_a_scope(int k)
{
    sync_scope {
        int v = 0;
        switch (k) {
        case 0:;
            flowvar(int) x = spawn run(&v);
            if (v < 0)
                return -1;
            break;
        case 1: {
            if (v < 0)
                break;
            else
                return 5;
        }
        default:
            x = spawn run(&v);
        }
        k = runs;}
    return k;
}

static int computed(int which)
{
    static void *const labels[] = {&&one, &&two};
    goto *labels[which];
one: {
        int v = 0;
        flowvar(int) x = spawn run(&v);
        goto *labels[1];
    }
two:
    return runs;
}

int main(void)
{
    assert(by_break(3) == 1000 && runs == 1);
    assert(by_break(4) == 2 && by_break(5) == 1000 && by_break(6) == 0 && runs == 3);
    assert(by_end(1) == 4 && by_end(51) == 4 && by_end(7) == 5);
    runs = 0;
    assert(in_a_loop(4) == 0 && runs == 4);
    runs = 0;
    assert(by_goto(0) == -3 && by_goto(1) == -3 && by_goto(2) == -5);
    assert(by_goto(3) == 1 && runs == 6 && by_goto(4) == -10);
    int a = 0;
    runs = 0;
    flowvar(int) x = by_return(1, &a);
    assert(runs >= 1 && sync(x) > 0 && runs == 2);
    x = by_return(0, &a);
    sync(x);
    x = by_return(2, &a);
    sync(x);
    assert(runs == 6 && a == 4000);
    runs = 0;
    assert(in_a_for(0) == 1 && in_a_for(1) == 2);
    assert(in_a_scope(0) == 3 && in_a_scope(1) == 5 && in_a_scope(2) == 4);
    assert(computed(0) == 5 && computed(1) == 5);
    return 0;
}
