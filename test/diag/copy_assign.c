// A handle is copied into another; flowvar_move hands it on.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
int f(int n);

int bad(void)
{
    flowvar(int) x = spawn f(1), z;
    flowvar(int) y = x;
    // CHECK: copy_assign.c:[[@LINE-1]]:22: error: 'x' cannot be copied: a flowvar has one owner [-Wtine-copy]
    // CHECK: note: use flowvar_move to hand it on
    z = x;
    // CHECK: copy_assign.c:[[@LINE-1]]:9: error: 'x' cannot be copied
    // CHECK: flowvar_move( )
    // CHECK: note: use flowvar_move to hand it on
    return sync(y) + sync(z);
}

int good(void)
{
    flowvar(int) x = spawn f(1), z;
    flowvar(int) y = flowvar_move(x);
    z = flowvar_move(y);
    return sync(z);
}
// CHECK: 2 errors generated
