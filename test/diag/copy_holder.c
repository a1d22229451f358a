// A struct or union that holds a handle, at any depth, cannot be copied.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
struct pair {
    flowvar(int) left, right;
};
struct tree {
    int n;
    struct pair pairs[2];
};
struct plain {
    int n;
    flowvar(int) *handles;
};
void use(struct tree t);

void bad(struct tree *t, struct tree *u)
{
    struct tree copy = *t;
    // CHECK: copy_holder.c:[[@LINE-1]]:24: error: '*t' cannot be copied: 'struct tree' holds a flowvar [-Wtine-copy]
    // CHECK: note: move its handles one by one with flowvar_move, or pass its address
    *u = copy;
    // CHECK: copy_holder.c:[[@LINE-1]]:10: error: 'copy' cannot be copied
    // CHECK: note: move its handles
    use(*t);
    // CHECK: copy_holder.c:[[@LINE-1]]:9: error: '*t' cannot be copied
    // CHECK: note: move its handles
}

void good(struct tree *t, struct plain *p)
{
    struct plain copy = *p; // the pointers are copied, not what they lead to
    t->pairs[0].left = flowvar_move(t->pairs[1].left);
    *p = copy;
    t->n = copy.n;
}
// CHECK: 3 errors generated
