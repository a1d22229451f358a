// A statement expression whose value is a spawn.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    // CHECK: {{^}}/* place_statement_expression_value.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = ({ int n = 3; spawn twice(n); });
    return sync(x) != 6;
}
