// Unbraced if and else.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    volatile int n = 1;
    flowvar(int) x;
    if (n)
    // CHECK: {{^}}/* place_unbraced_if.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
        x = spawn twice(1);
    else
        x = spawn twice(2);
    return sync(x) != 2;
}
