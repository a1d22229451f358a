// A spawning function with a nested declarator.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

static int (*choose(int n))(int)
{
    // CHECK: {{^}}/* function_returns_function_pointer.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn twice(n);
    return sync(x) == 2 ? twice : 0;
}

int main(void)
{
    return choose(1)(4) != 8;
}
