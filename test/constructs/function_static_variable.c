// A static variable of a spawning function is one.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

static int f(int n)
{
    static int calls;
    // CHECK: {{^}}/* function_static_variable.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn twice(n);
    calls++;
    return sync(x) - 2 + calls;
}

int main(void)
{
    f(1);
    f(1);
    return f(1) != 3;
}
