// A statement expression as the function.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    // CHECK: {{^}}/* callee_statement_expression.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn ({ twice; })(4);
    return sync(x) != 8;
}
