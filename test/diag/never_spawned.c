// A handle that has no task on any path.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
int f(int n);
struct pair {
    flowvar(int) left, right;
};

int bad(int c)
{
    flowvar(int) x;
    if (c)
        return sync(x);
    // CHECK: never_spawned.c:[[@LINE-1]]:16: error: 'x' is synced but never spawned [-Wtine-never-spawned]
    // CHECK: never_spawned.c:[[@LINE-4]]:18: note: not spawned since its declaration
    return is_ready(x);
    // CHECK: never_spawned.c:[[@LINE-1]]:12: error: 'x' is asked is_ready but never spawned
    // CHECK: note: not spawned since its declaration
}

int bad_field(void)
{
    struct pair p;
    p.left = spawn f(1);
    return sync(p.left) + sync(p.right);
    // CHECK: never_spawned.c:[[@LINE-1]]:27: error: 'p.right' is synced but never spawned
    // CHECK: note: not spawned since its declaration
}

int good(int n, flowvar(int) given)
{
    flowvar(int) x, y = {0};
    int r = 0;
    for (int i = 0; i < n; i++) {
        if (i > 0)
            r += sync(x);
        x = spawn f(i);
    }
    if (is_spawned(y))
        r += sync(y);
    return r + sync(given) + (n > 0 ? sync(x) : 0);
}
// CHECK: 3 errors generated
