// A computed goto may lead to every label.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
int f(int n);
int next(void);

int good(int n)
{
    static const void *const table[] = {&&start, &&wait, &&stop};
    flowvar(int) x;
    int r = 0;
    goto *table[n];
start:
    x = spawn f(n);
    goto *table[next()];
wait:
    r += sync(x);
    goto *table[next()];
stop:
    return r;
}

int bad(int n)
{
    static const void *const table[] = {&&one, &&two};
    flowvar(int) x = spawn f(n);
    int r = sync(x);
    goto *table[n];
one:
    r++;
two:
    return r + sync(x);
    // CHECK: flow_computed_goto.c:[[@LINE-1]]:16: error: 'x' is synced twice [-Wtine-double-sync]
    // CHECK: note: first synced here
}
// CHECK: 1 error generated
