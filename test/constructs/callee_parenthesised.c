// Parentheses around the name, and around the call.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    // CHECK: {{^}}/* callee_parenthesised.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn (twice)(4), y = spawn (twice(5)), z = spawn ((twice)(6));
    return sync(x) + sync(y) + sync(z) != 30;
}
