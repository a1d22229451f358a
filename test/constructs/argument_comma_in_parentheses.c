// A comma expression as one argument.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    int i = 0;
    // CHECK: {{^}}/* argument_comma_in_parentheses.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn twice((i++, i + 1));
    return sync(x) != 4;
}
