// A spawn in parentheses.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    // CHECK: {{^}}/* place_in_parentheses.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = (spawn twice(1)), y = ((spawn twice(2)));
    return sync(x) + sync(y) != 6;
}
