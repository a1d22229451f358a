// A spawn inside the arguments of a spawn: the handle is handed on.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

static int finish(flowvar(int) h)
{
    return sync(h) + 1;
}

int main(void)
{
    // CHECK: {{^}}/* argument_spawn.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn finish(spawn twice(2));
    return sync(x) != 5;
}
