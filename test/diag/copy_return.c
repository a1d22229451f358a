// Returning a local moves it; anything else would be a copy.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
int f(int n);
struct pair {
    flowvar(int) left, right;
};
flowvar(int) global;

flowvar(int) bad(struct pair *p)
{
    if (p == 0)
        return global;
    // CHECK: copy_return.c:[[@LINE-1]]:16: error: 'global' cannot be copied: a flowvar has one owner [-Wtine-copy]
    // CHECK: note: use flowvar_move to hand it on
    return p->left;
    // CHECK: copy_return.c:[[@LINE-1]]:12: error: 'p->left' cannot be copied
    // CHECK: note: use flowvar_move to hand it on
}

flowvar(int) good(int n)
{
    flowvar(int) x = spawn f(n);
    return x;
}

struct pair good_pair(int n)
{
    struct pair p;
    p.left = spawn f(n);
    p.right = spawn f(n + 1);
    return p;
}

flowvar(int) good_parameter(flowvar(int) x)
{
    return x;
}

flowvar(int) good_move(struct pair *p)
{
    return flowvar_move(p->left);
}
// CHECK: 2 errors generated
