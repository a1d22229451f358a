// A call through a dereferenced pointer.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    int (*f)(int) = twice;
    // CHECK: {{^}}/* callee_dereferenced.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn (*f)(4), y = spawn (***f)(5);
    return sync(x) + sync(y) != 18;
}
