// A computed goto may leave a block without its end, or enter one behind it: a sync_scope holds neither
// such a goto nor a label that it could go to. A scope beside them is fine (constructs/scope_beside_computed_goto.c).
// RUN: not %tine %s -o /dev/null 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
void f(void);
int g(int n);
int leaves(int n)
{
    static void *const labels[] = {&&a, &&b};
    sync_scope {
        // CHECK: computed_goto_scope.c:[[@LINE-1]]:5: error: sync_scope cannot hold a computed goto [-Wtine-unsupported]
        spawn f();
        goto *labels[n];
    }
a:
    return 1;
b:
    return 2;
}

int enters(int n)
{
    static void *const labels[] = {&&a, &&b};
    goto *labels[n];
    sync_scope {
        // CHECK: computed_goto_scope.c:[[@LINE-1]]:5: error: sync_scope cannot hold a label in a function with a computed goto [-Wtine-unsupported]
        spawn f();
    a:
        spawn f();
    }
b:
    return 2;
}

int handles(int n)
{
    static void *const labels[] = {&&a, &&b};
    flowvar(int) x = spawn g(n);
    int r = sync(x);
    goto *labels[n];
a:
    return r;
b:
    return 2 * r;
}
