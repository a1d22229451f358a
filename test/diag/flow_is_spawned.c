// The answer of is_spawned is believed.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
int f(int n);
#define FINISH(x) (is_spawned(x) ? sync(x) : 0)

int bad(int c)
{
    flowvar(int) x;
    if (c)
        x = spawn f(1);
    if (!is_spawned(x))
        return sync(x);
    // CHECK: flow_is_spawned.c:[[@LINE-1]]:16: error: 'x' is synced but never spawned [-Wtine-never-spawned]
    // CHECK: note: not spawned since its declaration
    return sync(x);
}

int good(int c)
{
    flowvar(int) x, never;
    int r = 0;
    if (c)
        x = spawn f(1);
    if (is_spawned(x))
        r = sync(x);
    if (is_spawned(never))
        r = sync(never);
    if (c && is_spawned(x))
        r += sync(x);
    bool known = is_spawned(x);
    if (known)
        r += sync(x);
    return r + FINISH(x) + FINISH(x) + FINISH(never);
}

int good_loop(void)
{
    flowvar(int) v[3];
    int r = 0;
    v[1] = spawn f(1);
    for (int i = 0; i < 3; i++)
        if (is_spawned(v[i]))
            r += sync(v[i]);
    return r;
}
// CHECK: 1 error generated
