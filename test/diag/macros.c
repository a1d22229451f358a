// Handles in user macros: places are those of the invocation.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
int f(int n);
#define START(x, n) flowvar(int) x = spawn f(n)
#define WAIT(x) sync(x)
#define TWICE(x) (sync(x) + sync(x))
#define BOTH(a, b) do { START(a, 1); START(b, 2); WAIT(a); WAIT(b); } while (0)

int bad(void)
{
    START(x, 1);
    int r = WAIT(x);
    return r + WAIT(x);
    // CHECK: macros.c:[[@LINE-1]]:16: error: 'x' is synced twice [-Wtine-double-sync]
    // CHECK: macros.c:[[@LINE-3]]:13: note: first synced here
}

int bad_inside(void)
{
    START(x, 1);
    return TWICE(x);
    // CHECK: macros.c:[[@LINE-1]]:12: error: 'x' is synced twice
    // CHECK: note: first synced here
}

int good(void)
{
    START(x, 1);
    BOTH(y, z);
    BOTH(y, x);
    return WAIT(x);
}
// CHECK: 2 errors generated
