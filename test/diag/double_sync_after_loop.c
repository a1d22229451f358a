// A loop that ends only after a sync.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
int f(int n);
int more(void);

int bad(void)
{
    flowvar(int) x = spawn f(1);
    int r = 0;
    do
        r += 1;
    while (more());
    for (;;) {
        r += sync(x);
        break;
    }
    return r + sync(x);
    // CHECK: double_sync_after_loop.c:[[@LINE-1]]:16: error: 'x' is synced twice [-Wtine-double-sync]
    // CHECK: note: first synced here
}

int good(void)
{
    flowvar(int) x = spawn f(1);
    int r = 0;
    while (more()) {
        r += sync(x); // the first time round it may be there, and the last
        if (more())
            x = spawn f(r);
        else
            break;
    }
    return r;
}
// CHECK: 1 error generated
