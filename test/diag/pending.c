// tine_pending is owned as a flowvar is.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
int f(int n);

int bad(void)
{
    tine_pending(int) p = tine_submit f(1), q;
    int r = tine_wait_for(p);
    r += tine_wait_for(p);
    // CHECK: pending.c:[[@LINE-1]]:10: error: 'p' is synced twice [-Wtine-double-sync]
    // CHECK: note: first synced here
    r += is_ready(q);
    // CHECK: pending.c:[[@LINE-1]]:10: error: 'q' is asked is_ready but never spawned [-Wtine-never-spawned]
    // CHECK: note: not spawned since its declaration
    tine_pending(int) copy = p;
    // CHECK: pending.c:[[@LINE-1]]:30: error: 'p' cannot be copied: a tine_pending has one owner [-Wtine-copy]
    // CHECK: note: use flowvar_move to hand it on
    return r + tine_wait_for(copy);
}

int good(tine_executor *ex)
{
    tine_pending(int) p = tine_submit f(1), q = tine_submit_on(ex, f(2));
    int r = 0;
    if (tine_is_submitted(p))
        r = tine_wait_for(p);
    while (!is_ready(q))
        r++;
    tine_pending(int) moved = flowvar_move(q);
    return r + tine_wait_for(moved);
}
// CHECK: 3 errors generated
