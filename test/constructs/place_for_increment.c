// A spawn in the last part of a for.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    int r = 0;
    // CHECK: {{^}}/* place_for_increment.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn twice(0);
    for (int i = 1; i < 4; x = spawn twice(i++))
        r += sync(x);
    return r + sync(x) != 0 + 2 + 4 + 6;
}
