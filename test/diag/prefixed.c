// The fix-it writes the word as the user does.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
int f(int n);

int bad(void)
{
    tine_flowvar(int) x = tine_spawn f(1);
    tine_flowvar(int) y = x;
    // CHECK: prefixed.c:[[@LINE-1]]:27: error: 'x' cannot be copied
    // CHECK: tine_flowvar_move( )
    // CHECK: note: use flowvar_move to hand it on
    return tine_sync(y);
}
// CHECK: 1 error generated
