// A spawn as an argument of a plain call.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

static int finish(flowvar(int) x)
{
    return sync(x);
}

int main(void)
{
    // CHECK: {{^}}/* place_call_argument.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    return finish(spawn twice(1)) != 2;
}
