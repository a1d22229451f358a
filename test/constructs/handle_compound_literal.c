// A handle in a compound literal.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    flowvar(int) *p = &(flowvar(int)){0};
    // CHECK: {{^}}/* handle_compound_literal.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    *p = spawn twice(1);
    return sync(*p) != 2;
}
