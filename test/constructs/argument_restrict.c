// Pointers with restrict.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int add(int *restrict p, const int *restrict q)
{
    return *p + *q;
}

int main(void)
{
    int a = 1, b = 2;
    // CHECK: {{^}}/* argument_restrict.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn add(&a, &b);
    return sync(x) != 3;
}
