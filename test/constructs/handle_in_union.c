// A handle in a union.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    union {
        flowvar(int) x;
        char c[8];
    } u;
    // CHECK: {{^}}/* handle_in_union.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    u.x = spawn twice(1);
    return sync(u.x) != 2;
}
