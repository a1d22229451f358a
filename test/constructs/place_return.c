// return spawn.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

static flowvar(int) start(int n)
{
    // CHECK: {{^}}/* place_return.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    return spawn twice(n);
}

int main(void)
{
    return sync(start(1)) != 2;
}
