// A call through a pointer.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    int (*f)(int) = twice;
    // CHECK: {{^}}/* callee_pointer.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn f(4);
    return sync(x) != 8;
}
