// const, volatile and register parameters.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int add(const int a, volatile int b, register int c)
{
    return a + b + c;
}

int main(void)
{
    // CHECK: {{^}}/* argument_qualified_parameters.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn add(1, 2, 3);
    return sync(x) != 6;
}
