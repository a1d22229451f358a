// Spawns behind && and ||.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    flowvar(int) x;
    // CHECK: {{^}}/* place_chained_logical.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    int good = (x = spawn twice(1), sync(x) == 2) && (x = spawn twice(2), sync(x) == 4);
    return !good;
}
