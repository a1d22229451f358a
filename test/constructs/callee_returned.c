// A call of what a call returns.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

static int (*choose(void))(int)
{
    return twice;
}

int main(void)
{
    // CHECK: {{^}}/* callee_returned.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn choose()(4);
    return sync(x) != 8;
}
