// Handles synced in another order than spawned.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    // CHECK: {{^}}/* function_out_of_order.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) a = spawn twice(1), b = spawn twice(2), c = spawn twice(3);
    int r = sync(b) * 100 + sync(a) * 10;
    return r + sync(c) != 426;
}
