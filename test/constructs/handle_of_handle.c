// A task that gives a handle.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

static flowvar(int) start(int n)
{
    // CHECK: {{^}}/* handle_of_handle.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    return spawn twice(n);
}

int main(void)
{
    flowvar(flowvar(int)) x = spawn start(1);
    flowvar(int) y = sync(x);
    return sync(y) != 2;
}
