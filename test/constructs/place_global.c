// A global handle.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

static flowvar(int) x;

int main(void)
{
    // CHECK: {{^}}/* place_global.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    x = spawn twice(1);
    return sync(x) != 2;
}
