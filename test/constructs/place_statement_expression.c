// The whole life of a handle in a statement expression.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    // CHECK: {{^}}/* place_statement_expression.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    return ({ flowvar(int) x = spawn twice(1); sync(x); }) != 2;
}
