// A handle is synced twice on a straight path.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
int f(int n);

int bad(void)
{
    flowvar(int) x = spawn f(1);
    int r = sync(x);
    // CHECK: double_sync.c:[[@LINE+4]]:16: error: 'x' is synced twice [-Wtine-double-sync]
    // CHECK-NEXT: return r + sync(x);
    // CHECK-NEXT: ^~~~~~~
    // CHECK: double_sync.c:[[@LINE-4]]:13: note: first synced here
    return r + sync(x);
}

int bad_in_one(void)
{
    flowvar(int) x = spawn f(1);
    return sync(x) + sync(x);
    // CHECK: double_sync.c:[[@LINE-1]]:22: error: 'x' is synced twice
    // CHECK: note: first synced here
}

int good(void)
{
    flowvar(int) x = spawn f(1);
    int r = sync(x);
    x = spawn f(2);
    return r + sync(x);
}
// CHECK: 2 errors generated
