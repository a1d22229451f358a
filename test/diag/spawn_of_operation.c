// An operator behind a spawn: of what is no call that is said, once; else that the handle is no operand.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning)}}:'
// RUN: not %tine --check %s -- -DNO_POINTER 2>&1 | %FileCheck %s --check-prefix=CHECK-NP --implicit-check-not='{{(error|warning)}}:'
#include <tine.h>
int f(int n);

#ifndef NO_POINTER
void bad(int n, tine_executor *ex)
{
    flowvar(int) a = spawn n + 1;
    // CHECK: spawn_of_operation.c:[[@LINE-1]]:28: error: operand of spawn must be a function call, such as spawn f(x) [-Wtine-not-a-call]
    flowvar(int) b = spawn n + f(1);
    // CHECK: spawn_of_operation.c:[[@LINE-1]]:28: error: operand of spawn must be a function call
    flowvar(int) c = spawn n ? f(1) : f(2);
    // CHECK: spawn_of_operation.c:[[@LINE-1]]:28: error: operand of spawn must be a function call
    flowvar(int) d = spawn n == 1 && n;
    // CHECK: spawn_of_operation.c:[[@LINE-1]]:28: error: operand of spawn must be a function call
    if (!(spawn n))
        n++;
    // CHECK: spawn_of_operation.c:[[@LINE-2]]:17: error: operand of spawn must be a function call
    flowvar(int) e = spawn_on(ex, n) + 1;
    // CHECK: spawn_of_operation.c:[[@LINE-1]]:35: error: operand of spawn must be a function call
    flowvar(int) g = spawn f(1) + n;
    // CHECK: spawn_of_operation.c:[[@LINE-1]]:22: error: a flowvar cannot be an operand: sync gives its result [-Wtine-operand]
}
// CHECK: 7 errors generated
#else
void worse(int n)
{
    flowvar(int) a = spawn 3 * f(1);
    // CHECK-NP: spawn_of_operation.c:[[@LINE-1]]:28: error: operand of spawn must be a function call, such as spawn f(x) [-Wtine-not-a-call]
    flowvar(int) b = 3 - spawn n;
    // CHECK-NP: spawn_of_operation.c:[[@LINE-1]]:32: error: operand of spawn must be a function call
    flowvar(int) c = -spawn n;
    // CHECK-NP: spawn_of_operation.c:[[@LINE-1]]:29: error: operand of spawn must be a function call
    flowvar(int) d = spawn f(n) * 3;
    // CHECK-NP: spawn_of_operation.c:[[@LINE-1]]:22: error: a flowvar cannot be an operand: sync gives its result [-Wtine-operand]
    tine_pending(int) e = ~tine_submit f(n);
    // CHECK-NP: spawn_of_operation.c:[[@LINE-1]]:28: error: a tine_pending cannot be an operand: tine_wait_for gives its result
    tine_wait_for(e);
}
// CHECK-NP: 5 errors generated
#endif
