// Synced on every path that leads here, and on some only.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
int f(int n);

int bad(int c)
{
    flowvar(int) x = spawn f(1);
    int r;
    if (c)
        r = sync(x);
    else
        r = -sync(x);
    return r + sync(x);
    // CHECK: double_sync_paths.c:[[@LINE-1]]:16: error: 'x' is synced twice [-Wtine-double-sync]
    // CHECK-DAG: double_sync_paths.c:[[@LINE-5]]:13: note: synced here
    // CHECK-DAG: double_sync_paths.c:[[@LINE-4]]:14: note: synced here
}

int bad_spawned_there(int c)
{
    flowvar(int) x;
    int r = 0;
    if (c) {
        x = spawn f(1);
        r = sync(x);
    }
    return r + sync(x); // synced on one path, not spawned on the other
    // CHECK: double_sync_paths.c:[[@LINE-1]]:16: error: 'x' is synced twice
    // CHECK: note: synced here
    // CHECK: note: not spawned since its declaration
}

int good(int c)
{
    flowvar(int) x = spawn f(1);
    int r = 0;
    if (c)
        r = sync(x);
    if (!c)
        r = sync(x);
    return r;
}
// CHECK: 2 errors generated
