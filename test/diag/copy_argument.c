// A handle is passed by value, to a plain call and to a spawned one.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
int consume(flowvar(int) x);
int f(int n);

int bad(flowvar(int) *p)
{
    flowvar(int) x = spawn f(1);
    int r = consume(x);
    // CHECK: copy_argument.c:[[@LINE-1]]:21: error: 'x' cannot be copied: a flowvar has one owner [-Wtine-copy]
    // CHECK: note: use flowvar_move to hand it on
    flowvar(int) y = spawn consume(*p);
    // CHECK: copy_argument.c:[[@LINE-1]]:36: error: '*p' cannot be copied
    // CHECK: note: use flowvar_move to hand it on
    return r + sync(y);
}

int good(flowvar(int) *p)
{
    flowvar(int) x = spawn f(1);
    int r = consume(flowvar_move(x)) + consume(spawn f(2));
    flowvar(int) y = spawn consume(flowvar_move(*p));
    return r + sync(y);
}
// CHECK: 2 errors generated
