// An _Atomic parameter.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int next(_Atomic int n)
{
    return n + 1;
}

int main(void)
{
    // CHECK: {{^}}/* argument_atomic_parameter.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn next(1);
    return sync(x) != 2;
}
