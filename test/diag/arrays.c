// Elements with constant indices are told apart; with others nothing is claimed.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
int f(int n);
void fill(flowvar(int) *v, int n);

int bad(void)
{
    flowvar(int) v[3];
    v[0] = spawn f(0);
    v[2] = spawn f(2);
    int r = sync(v[0]) + sync(v[2]);
    return r + sync(v[2]) + sync(v[1]);
    // CHECK: arrays.c:[[@LINE-1]]:16: error: 'v[2]' is synced twice [-Wtine-double-sync]
    // CHECK: note: first synced here
    // CHECK: arrays.c:[[@LINE-3]]:29: error: 'v[1]' is synced but never spawned [-Wtine-never-spawned]
    // CHECK: note: not spawned since its declaration
}

int good(int n, flowvar(int) *given, flowvar(int) (*rows)[4])
{
    flowvar(int) v[4], w[2], vla[n], table[2][2], *heap = given + 1;
    int r = 0;
    for (int i = 0; i < 4; i++)
        v[i] = spawn f(i);
    r += sync(v[0]) + sync(v[n]) + sync(v[0]);
    fill(w, 2);
    r += sync(w[0]) + sync(w[1]);
    for (int i = 0; i < n; i++)
        vla[i] = spawn f(i);
    for (int i = 0; i < n; i++)
        r += sync(vla[i]);
    table[0][1] = spawn f(1);
    table[1][0] = spawn f(1);
    r += sync(table[0][1]) + sync(table[1][0]);
    *heap = spawn f(3);
    r += sync(*heap) + sync(heap[0]) + sync(*heap);
    r += sync(rows[0][1]) + sync(rows[0][1]);
    return r;
}

int good_pointer(void)
{
    flowvar(int) v[2], *p = v;
    int r = 0;
    p[0] = spawn f(1);
    *(p + 1) = spawn f(2);
    for (flowvar(int) *q = v; q < v + 2; q++)
        r += sync(*q);
    return r;
}
// CHECK: 2 errors generated
