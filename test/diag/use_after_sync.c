// is_ready and flowvar_move want a task; is_spawned and a new spawn do not.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
int f(int n);
int consume(flowvar(int) x);

int bad_ready(void)
{
    flowvar(int) x = spawn f(1);
    int r = sync(x);
    return is_ready(x) + r;
    // CHECK: use_after_sync.c:[[@LINE-1]]:12: error: 'x' is used after it was synced [-Wtine-use-after-sync]
    // CHECK: use_after_sync.c:[[@LINE-3]]:13: note: first synced here
}

int bad_move(void)
{
    flowvar(int) x = spawn f(1);
    int r = sync(x);
    return consume(flowvar_move(x)) + r;
    // CHECK: use_after_sync.c:[[@LINE-1]]:20: error: 'x' is used after it was synced
    // CHECK: note: first synced here
}

flowvar(int) bad_return(void)
{
    flowvar(int) x = spawn f(1);
    sync(x);
    return x;
    // CHECK: use_after_sync.c:[[@LINE-1]]:5: error: 'x' is used after it was synced
    // CHECK: note: first synced here
}

int good(void)
{
    flowvar(int) x = spawn f(1);
    int r = is_ready(x) + sync(x);
    if (is_spawned(x))
        r++;
    x = spawn f(2);
    return consume(flowvar_move(x)) + r;
}
// CHECK: 3 errors generated
