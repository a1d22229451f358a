// Assignment to a local.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    flowvar(int) x;
    // CHECK: {{^}}/* place_assignment.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    x = spawn twice(1);
    return sync(x) != 2;
}
