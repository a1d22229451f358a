// A flowvar that leaves its scope while spawned is waited for, by every way out.
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

static int run(int i)
{
    __atomic_fetch_add(&runs, 1, __ATOMIC_RELAXED);
    return i;
}

struct holder {
    flowvar(int) one;
    struct {
        flowvar(int) inner[2];
    } nested;
};

static int leave(int how)
{
    for (int i = 0; i < 2; i++) {
        flowvar(int) x = spawn run(1);
        struct holder h = {0};
        h.nested.inner[1] = spawn run(2);
        if (how == 0)
            break;
        if (how == 1)
            continue;
        if (how == 2)
            return 1;
        if (how == 3)
            goto out;
        if (how == 4)
            return sync(x);
    }
out:
    return 0;
}

static void given(flowvar(int) x, int y)
{
    if (y > 0)
        return;
    sync(x);
}

int main(void)
{
    leave(0);
    assert(runs == 2);
    leave(1);
    assert(runs == 6);
    leave(2);
    assert(runs == 8);
    leave(3);
    assert(runs == 10);
    assert(leave(4) == 1);
    assert(runs == 12);
    given(spawn run(1), 1);
    given(spawn run(1), 0);
    assert(runs == 14);
    return 0;
}
