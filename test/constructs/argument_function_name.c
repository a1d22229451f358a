// A function as argument decays to a pointer.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

static int apply(int f(int), int n)
{
    return f(n);
}

int main(void)
{
    // CHECK: {{^}}/* argument_function_name.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn apply(twice, 4);
    return sync(x) != 8;
}
