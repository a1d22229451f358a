// Two spawns in one expression.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

static int add(flowvar(int) x, flowvar(int) y)
{
    return sync(x) + sync(y);
}

int main(void)
{
    // CHECK: {{^}}/* place_two_in_one_expression.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    return add(spawn twice(1), spawn twice(2)) != 6;
}
