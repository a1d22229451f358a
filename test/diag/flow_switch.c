// switch: fallthrough, default, break, and no label that fits.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
int f(int n);

int bad(int n)
{
    flowvar(int) x = spawn f(1);
    int r = 0;
    switch (n) {
    case 1:
        r = sync(x);
        break;
    case 2:
        r++;
        /* fall through */
    default:
        r += sync(x);
    }
    return r + sync(x);
    // CHECK: flow_switch.c:[[@LINE-1]]:16: error: 'x' is synced twice [-Wtine-double-sync]
    // CHECK-DAG: note: synced here
    // CHECK-DAG: note: synced here
}

int good(int n)
{
    flowvar(int) x = spawn f(1), y = spawn f(2);
    int r = 0;
    switch (n) {
    case 1:
        r = sync(x);
        break;
    case 2:
        r++;
        /* fall through */
    case 3:
        r += sync(y);
        break;
    default:
        r = sync(x) + sync(y);
        return r;
    }
    switch (n) {
    case 1:
        r += sync(y);
        break;
    case 2:
    case 3:
        r += sync(x);
    }
    return r;
}

int good_loop(int n)
{
    flowvar(int) x;
    int r = 0, state = 0;
    for (;;) {
        switch (state) {
        case 0:
            x = spawn f(n);
            state = 1;
            continue;
        case 1:
            r += sync(x);
            state = n-- > 0 ? 0 : 2;
            continue;
        }
        break;
    }
    return r;
}

int good_device(int n)
{
    flowvar(int) x = spawn f(1);
    int r = 0;
    switch (n % 2) {
    case 0:
        do {
            r += sync(x);
            x = spawn f(r);
    case 1:
            r++;
        } while (--n > 0);
    }
    return r + sync(x);
}
// CHECK: 1 error generated
