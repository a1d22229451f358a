// Loops that run no times, end in the middle, or never.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
int f(int n);
int more(void);

int bad(int n)
{
    flowvar(int) x = spawn f(1);
    int r = 0;
    do {
        r += sync(x);
        // CHECK-NOT: flow_loops.c:[[@LINE-1]]
    } while (0);
    for (int i = 0; i < n; i++)
        r++;
    return r + sync(x);
    // CHECK: flow_loops.c:[[@LINE-1]]:16: error: 'x' is synced twice [-Wtine-double-sync]
    // CHECK: note: first synced here
}

int bad_inside(int n)
{
    int r = 0;
    while (n-- > 0) {
        flowvar(int) x = spawn f(n);
        // CHECK: flow_loops.c:[[@LINE-1]]:26: warning: 'x' is spawned here and synced on some paths only
        // CHECK: flow_loops.c:[[@LINE+2]]:13: note: 'x' leaves its scope here
        if (more())
            break;
        r += sync(x) + sync(x);
        // CHECK: flow_loops.c:[[@LINE-1]]:24: error: 'x' is synced twice
        // CHECK: note: first synced here
    }
    return r;
}

int good_forever(void)
{
    flowvar(int) x = spawn f(1);
    for (;;) {
        int r = sync(x);
        x = spawn f(r);
        if (r > 100)
            return sync(x);
    }
}

int good_while(int n)
{
    flowvar(int) x;
    while (n-- > 0)
        x = spawn f(n); // one still there is waited for
    if (is_spawned(x))
        return sync(x);
    return 0;
}

int good_until(void)
{
    flowvar(int) x = spawn f(1);
    while (!is_ready(x))
        more();
    return sync(x);
}

int good_if_0(void)
{
    flowvar(int) x = spawn f(1);
    if (0)
        return sync(x) + sync(x);
    int r = sync(x);
    while (0)
        r += sync(x);
    if (1)
        return r;
    return sync(x);
}
// CHECK: 1 warning and 2 errors generated
