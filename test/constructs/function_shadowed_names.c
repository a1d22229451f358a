// Locals that hide others.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    int x = 1;
    // CHECK: {{^}}/* function_shadowed_names.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) y = spawn twice(x);
    {
        flowvar(int) x = spawn twice(5);
        if (sync(x) != 10)
            return 1;
    }
    return sync(y) != 2 * x;
}
