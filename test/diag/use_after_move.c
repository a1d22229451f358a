// What was moved is somebody else's.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
int f(int n);
int consume(flowvar(int) x);

int bad_sync(void)
{
    flowvar(int) x = spawn f(1);
    int r = consume(flowvar_move(x));
    return r + sync(x);
    // CHECK: use_after_move.c:[[@LINE-1]]:16: error: 'x' is used after it was moved [-Wtine-use-after-move]
    // CHECK: use_after_move.c:[[@LINE-3]]:21: note: first moved here
}

int bad_twice(void)
{
    flowvar(int) x = spawn f(1);
    int r = consume(flowvar_move(x));
    return r + consume(flowvar_move(x));
    // CHECK: use_after_move.c:[[@LINE-1]]:24: error: 'x' is used after it was moved
    // CHECK: note: first moved here
}

int good(int c)
{
    flowvar(int) x = spawn f(1);
    if (c)
        return consume(flowvar_move(x));
    return sync(x);
}

int good_back(int c)
{
    flowvar(int) x = spawn f(1);
    flowvar(int) y = flowvar_move(x);
    x = flowvar_move(y);
    return c + sync(x);
}
// CHECK: 2 errors generated
