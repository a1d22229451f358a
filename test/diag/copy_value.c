// The value of an assignment is a copy of the handle that was assigned.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
int f(int n);
int consume(flowvar(int) x);
flowvar(int) start(int n);

flowvar(int) bad(int n)
{
    flowvar(int) x, y;
    y = x = spawn f(1);
    // CHECK: copy_value.c:[[@LINE-1]]:13: error: the value of the assignment to 'x' would be a copy of it [-Wtine-copy]
    n += sync(y);
    n += sync(x = spawn f(2));
    // CHECK: copy_value.c:[[@LINE-1]]:19: error: the value of the assignment to 'x' would be a copy of it
    n += consume(x = start(3));
    // CHECK: copy_value.c:[[@LINE-1]]:22: error: the value of the assignment to 'x' would be a copy of it
    n += sync(y = flowvar_move(x));
    // CHECK: copy_value.c:[[@LINE-1]]:19: error: the value of the assignment to 'y' would be a copy of it
    return x = spawn f(n);
    // CHECK: copy_value.c:[[@LINE-1]]:16: error: the value of the assignment to 'x' would be a copy of it
}

int good(int n)
{
    flowvar(int) x, y;
    x = spawn f(1), y = spawn f(2);
    n += sync(x);
    (x = spawn f(n));
    for (int i = 0; i < n; x = spawn f(i), i++)
        n += sync(x);
    n += (x = spawn f(2), sync(x));
    return n + sync(y);
}
// CHECK: 5 errors generated
