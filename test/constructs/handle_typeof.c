// __typeof__ of a handle.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    // CHECK: {{^}}/* handle_typeof.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn twice(1);
    __typeof__(x) y = flowvar_move(x);
    return sync(y) != 2;
}
