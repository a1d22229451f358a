// A spawn in the condition of a while.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    flowvar(int) x;
    int n = 0;
    // CHECK: {{^}}/* place_while_condition.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    while (x = spawn twice(n), sync(x) < 6)
        n++;
    return n != 3;
}
