// Spawns as operands of ?:; one of them happens.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    volatile int n = 1;
    // CHECK: {{^}}/* place_conditional_operand.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = n ? spawn twice(1) : spawn twice(2);
    return sync(x) != 2;
}
