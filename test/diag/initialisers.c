// The parts of an array or a struct are told apart from their initialisers on: in order, by designators,
// in nested braces. Where braces are left out or members overlap, nothing is claimed.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
typedef flowvar(int) handle;
struct pair {
    handle a, b;
};
struct tree {
    struct pair t[2];
    handle z;
};
struct mixed {
    int k;
    struct pair t[2];
    union {
        handle u;
        int i;
    };
    handle z;
};
struct anonymous {
    struct {
        handle p, q;
    };
    handle r;
};
int f(int n);

int twice_field(void)
{
    struct pair t = {spawn f(1), spawn f(2)};
    int sum = sync(t.a) + sync(t.b);
    return sum + sync(t.a);
    // CHECK: initialisers.c:[[@LINE-1]]:18: error: 't.a' is synced twice [-Wtine-double-sync]
    // CHECK: note: first synced here
}

int twice_designated(void)
{
    struct pair t = {.b = spawn f(1), .a = spawn f(2)};
    int sum = sync(t.a) + sync(t.b);
    return sum + sync(t.b);
    // CHECK: initialisers.c:[[@LINE-1]]:18: error: 't.b' is synced twice [-Wtine-double-sync]
    // CHECK: note: first synced here
}

int twice_element(void)
{
    handle a[2][2] = {{spawn f(1), spawn f(2)}, {spawn f(3)}};
    int sum = sync(a[0][0]) + sync(a[0][1]) + sync(a[1][0]);
    return sum + sync(a[1][0]);
    // CHECK: initialisers.c:[[@LINE-1]]:18: error: 'a[1][0]' is synced twice [-Wtine-double-sync]
    // CHECK: note: first synced here
}

int never(void)
{
    struct pair t = {.a = spawn f(1)};
    return sync(t.a) + sync(t.b);
    // CHECK: initialisers.c:[[@LINE-1]]:24: error: 't.b' is synced but never spawned [-Wtine-never-spawned]
    // CHECK: initialisers.c:[[@LINE-3]]:{{[0-9]+}}: note: not spawned since its declaration
}

int designated(void)
{
    handle a[4] = {[0 ... 1] = 0, [2] = spawn f(1), spawn f(2)};
    struct tree d = {.t[1].a = spawn f(1), .t[0] = {.b = spawn f(1)}, .z = spawn f(3)};
    struct tree e = {.t = {[1] = {.a = spawn f(1)}}, .z = spawn f(3)};
    struct tree g = {{{spawn f(1), spawn f(2)}}, spawn f(4)};
    struct anonymous n = {.p = spawn f(1), .q = spawn f(2), .r = spawn f(3)};
    int sum = sync(a[2]) + sync(a[3]) + sync(d.t[0].b) + sync(d.t[1].a) + sync(d.z);
    sum += sync(e.t[1].a) + sync(e.z) + sync(g.t[0].a) + sync(g.t[0].b) + sync(g.z);
    return sum + sync(n.p) + sync(n.q) + sync(n.r);
}

int no_braces(int i)
{
    handle a[2][2] = {spawn f(1), spawn f(2), spawn f(3)};
    struct anonymous n = {spawn f(1), spawn f(2), spawn f(3)};
    struct mixed d = {1, spawn f(1), spawn f(2), spawn f(3), 0, spawn f(4), spawn f(5)};
    handle v[2] = {spawn f(1), spawn f(2)};
    int sum = sync(a[0][0]) + sync(a[0][1]) + sync(a[1][0]) + sync(n.p) + sync(n.q) + sync(n.r);
    sum += sync(d.t[0].a) + sync(d.t[0].b) + sync(d.t[1].a) + sync(d.u) + sync(d.z);
    return sum + sync(v[i]) + sync(v[1 - i]);
}
