// Fields of a local are told apart, unless members overlap or its address is known.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
int f(int n);
struct pair {
    flowvar(int) left, right;
};
struct tree {
    struct pair pair;
    flowvar(int) extra[2];
};
union either {
    flowvar(int) a;
    flowvar(int) b;
};
struct pair make(void);
void finish(struct pair *p);
int take(struct pair p);

int bad(void)
{
    struct tree t;
    t.pair.left = spawn f(1);
    t.pair.right = spawn f(2);
    t.extra[1] = spawn f(3);
    int r = sync(t.pair.left) + sync(t.extra[1]) + sync(t.pair.right);
    return r + sync(t.pair.left);
    // CHECK: structs.c:[[@LINE-1]]:16: error: 't.pair.left' is synced twice [-Wtine-double-sync]
    // CHECK: note: first synced here
}

int good(struct pair *given)
{
    struct pair p = make(), q = {spawn f(1), spawn f(2)}, r;
    int sum = sync(p.left) + sync(p.right) + sync(q.left) + sync(q.right);
    p = make();
    sum += sync(p.left);
    sum += sync(p.right);
    r.left = spawn f(1);
    sum += sync(r.left);
    finish(&r);
    sum += sync(r.left);
    union either u;
    u.a = spawn f(1);
    sum += sync(u.b);
    sum += sync(given->left) + sync(given->left);
    return sum;
}

struct pair good_return(int n)
{
    struct pair p = {spawn f(n)};
    p.right = spawn f(n + 1);
    return p;
}

struct pair good_half(struct pair p)
{
    if (sync(p.right) > 0)
        return p;
    struct pair q = make();
    sync(q.left);
    return q;
}
// CHECK: 1 error generated
