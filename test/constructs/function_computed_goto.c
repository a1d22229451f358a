// A function with computed goto.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    static void *const labels[] = {&&one, &&two};
    // CHECK: {{^}}/* function_computed_goto.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn twice(1);
    int r = sync(x);
    goto *labels[r - 1];
    one:
    return 1;
    two:
    x = spawn twice(r);
    return sync(x) != 4;
}
