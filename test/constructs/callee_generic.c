// _Generic as the function.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

static int __attribute__((unused)) thrice(int n)
{
    return 3 * n;
}

int main(void)
{
    // CHECK: {{^}}/* callee_generic.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn _Generic(1, int: twice, default: thrice)(4);
    return sync(x) != 8;
}
