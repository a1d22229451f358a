// Assignments that a macro makes of its arguments: a spawn waits for the old task; nobody waits for what another value replaces.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

#define SET(handle, value) ((handle) = (value))

static int runs;

static int run(int i)
{
    __atomic_fetch_add(&runs, 1, __ATOMIC_RELAXED);
    return i;
}

static flowvar(int) start(int i)
{
    return spawn run(i);
}

static int spawned(void)
{
    flowvar(int) x, v[2];
    int i = 0;
    SET(x, spawn run(1));
    SET(x, spawn run(sync(x) + 1));
    SET(x, spawn run(3));
    SET(v[i++], spawn run(4));
    SET(v[--i], spawn run(5));
    assert(i == 0 && runs >= 3);
    return sync(x) + sync(v[0]);
}

static int called(void)
{
    flowvar(int) x = spawn run(6);
    SET(x, start(7));
    return sync(x);
}

static int local_type(void)
{
    struct pair {
        flowvar(int) left, right;
    } p = {spawn run(8), 0};
    p = (struct pair){0, spawn run(9)};
    return sync(p.right);
}

int main(void)
{
    assert(spawned() == 8);
    assert(runs == 5);
    assert(called() == 7 && local_type() == 9);
    return 0;
}
