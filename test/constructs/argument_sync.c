// A sync inside the arguments of a spawn.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    // CHECK: {{^}}/* argument_sync.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn twice(2);
    flowvar(int) y = spawn twice(sync(x));
    return sync(y) != 8;
}
