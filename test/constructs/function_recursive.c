// A function that spawns itself.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int fib(int n)
{
    if (n < 2)
        return n;
    // CHECK: {{^}}/* function_recursive.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn fib(n - 1);
    int y = fib(n - 2);
    return sync(x) + y;
}

int main(void)
{
    return fib(12) != 144;
}
