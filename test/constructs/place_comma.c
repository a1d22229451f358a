// A spawn behind a comma.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    int n = 0;
    // CHECK: {{^}}/* place_comma.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = (n++, spawn twice(n));
    return sync(x) != 2;
}
