// Attributes before and behind the head.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

__attribute__((noinline)) static int f(int n, int unused __attribute__((unused)))
{
    // CHECK: {{^}}/* function_attributes.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn twice(n);
    return sync(x);
}

int main(void)
{
    return f(1, 0) != 2;
}
