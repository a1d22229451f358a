// A compound literal's memory outlives the task that is synced in its block.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int second(const int *v)
{
    return v[1];
}

int main(void)
{
    // CHECK: {{^}}/* argument_compound_literal.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn second((int[]){1, 2});
    return sync(x) != 2;
}
