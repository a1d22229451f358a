// flowvar_move takes a handle out of something, not a value.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
flowvar(int) start(void);
int take(flowvar(int) x);
int g(void)
{
    int r = take(flowvar_move(start()));
    // CHECK: not_an_lvalue.c:[[@LINE-1]]:31: error: flowvar_move needs an lvalue; 'start()' is already a value [-Wtine-not-an-lvalue]
    return r + take(start());
}
