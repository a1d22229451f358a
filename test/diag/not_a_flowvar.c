// What is no handle cannot be synced, asked or moved.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
struct pair {
    flowvar(int) a, b;
};
int f(int n);
int g(int n, flowvar(int) *p, flowvar(int) x, struct pair pair, tine_pending(int) job)
{
    int r = sync(n);
    // CHECK: not_a_flowvar.c:[[@LINE-1]]:18: error: operand of 'sync' is not a flowvar [-Wtine-not-a-flowvar]
    r += sync(p);
    // CHECK: not_a_flowvar.c:[[@LINE-1]]:15: error: operand of 'sync' is not a flowvar [-Wtine-not-a-flowvar]
    r += sync(pair);
    // CHECK: not_a_flowvar.c:[[@LINE-1]]:15: error: operand of 'sync' is not a flowvar [-Wtine-not-a-flowvar]
    r += sync(f(n));
    // CHECK: not_a_flowvar.c:[[@LINE-1]]:15: error: operand of 'sync' is not a flowvar [-Wtine-not-a-flowvar]
    r += tine_wait_for(x);
    // CHECK: not_a_flowvar.c:[[@LINE-1]]:24: error: 'x' is not a tine_pending but 'flowvar(int)' [-Wtine-not-a-flowvar]
    r += is_ready(n);
    // CHECK: not_a_flowvar.c:[[@LINE-1]]:19: error: operand of 'is_ready' is not a flowvar [-Wtine-not-a-flowvar]
    return r + tine_wait_for(job);
}
