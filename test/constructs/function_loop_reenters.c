// A handle in a loop's block starts not spawned each time.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    int r = 0;
    for (int i = 0; i < 3; i++) {
        flowvar(int) x;
        r += is_spawned(x);
    // CHECK: {{^}}/* function_loop_reenters.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
        x = spawn twice(i);
        r += sync(x);
    }
    return r != 6;
}
