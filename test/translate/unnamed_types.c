// Flowvars inside local structs that have no name, or a name of the function's own.
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

static int id(int i)
{
    __atomic_fetch_add(&runs, 1, __ATOMIC_RELAXED);
    return i;
}

static int use(int n)
{
    struct {
        char c;
        flowvar(int) v;
        struct {
            flowvar(int) w[2];
        };
    } s, many[2];
    struct local {
        flowvar(int) left, right;
    } t;
    s.v = spawn id(n);
    s.w[1] = spawn id(n + 1);
    many[1].w[0] = spawn id(n + 2);
    t.left = spawn id(n + 3);
    if (n > 5)
        return 0;
    return sync(s.v) + sync(s.w[1]) + sync(many[1].w[0]) + sync(t.left);
}

int main(void)
{
    assert(use(1) == 10);
    assert(use(10) == 0);
    assert(runs == 8);
    return 0;
}
