// Nonsense in a false #if.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    #if 0
    spawn )))
    #endif
    // CHECK: {{^}}/* macro_if_zero.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn twice(1);
    return sync(x) != 2;
}
