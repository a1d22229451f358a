// Operands are evaluated once, by the parent, before it goes on.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    int i = 1;
    // CHECK: {{^}}/* argument_side_effects_once.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn twice(i++);
    i *= 10;
    return sync(x) != 2 || i != 20;
}
