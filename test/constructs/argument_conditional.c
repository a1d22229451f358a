// A conditional expression as argument.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    volatile int n = 1;
    // CHECK: {{^}}/* argument_conditional.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn twice(n ? 4 : 5);
    return sync(x) != 8;
}
