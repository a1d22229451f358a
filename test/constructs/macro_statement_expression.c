// A macro that is a statement expression.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

#define AWAIT(call) __extension__({ flowvar(int) h_ = spawn call; sync(h_); })

int main(void)
{
    // CHECK: {{^}}/* macro_statement_expression.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    return AWAIT(twice(AWAIT(twice(1)))) != 4;
}
