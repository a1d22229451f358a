// A computed goto may leave a block without its end: no sync_scope in such a function. Handles are fine.
// RUN: not %tine %s -o /dev/null 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
void f(void);
int g(int n);
int scope(int n)
{
    static void *const labels[] = {&&a, &&b};
    sync_scope {
        // CHECK: computed_goto_scope.c:[[@LINE-1]]:5: error: sync_scope cannot be used in a function with a computed goto [-Wtine-unsupported]
        spawn f();
    }
    goto *labels[n];
a:
    return 1;
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
