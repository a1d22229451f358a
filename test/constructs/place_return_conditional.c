// return with a spawn in each branch.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

static flowvar(int) start(int n)
{
    // CHECK: {{^}}/* place_return_conditional.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    return n ? spawn twice(n) : spawn twice(5);
}

int main(void)
{
    return sync(start(1)) + sync(start(0)) != 2 + 10;
}
