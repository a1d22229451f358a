// A callback whose own parameters are arrays of variable length.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int last(int n, int v[n])
{
    return v[n - 1];
}

static int apply(int (*f)(int n, int v[n]), int n, int *v)
{
    return f(n, v);
}

int main(void)
{
    int v[2] = {1, 5};
    // CHECK: {{^}}/* argument_callback_with_array.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn apply(last, 2, v);
    return sync(x) != 5;
}
