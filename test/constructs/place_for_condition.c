// A spawn in the condition of a for.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    flowvar(int) x;
    int r = 0;
    // CHECK: {{^}}/* place_for_condition.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    for (int i = 0; x = spawn twice(i), i < 3; i++)
        r += sync(x);
    return r + sync(x) != 0 + 2 + 4 + 6;
}
