// A conditional as the function.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

static int thrice(int n)
{
    return 3 * n;
}

int main(void)
{
    volatile int n = 1;
    // CHECK: {{^}}/* callee_conditional.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn (n ? twice : thrice)(4);
    return sync(x) != 8;
}
