// NULL for a pointer parameter.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int is_null(const void *p)
{
    return p == 0;
}

int main(void)
{
    // CHECK: {{^}}/* argument_null.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn is_null(0);
    return sync(x) != 1;
}
