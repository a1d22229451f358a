// A handle is no truth value: is_spawned asks.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
int f(int n);

int bad(flowvar(int) x)
{
    if (x)
    // CHECK: copy_test.c:[[@LINE-1]]:9: error: 'x' cannot be copied: a flowvar has one owner [-Wtine-copy]
    // CHECK: note: is_spawned tells whether it has a task
        return sync(x);
    return 0;
}

int good(flowvar(int) x)
{
    (void)x;
    (void)sizeof x;
    if (is_spawned(x))
        return sync(x);
    return 0;
}
// CHECK: 1 error generated
