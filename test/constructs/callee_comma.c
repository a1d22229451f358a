// A comma expression as the function.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    int i = 0;
    // CHECK: {{^}}/* callee_comma.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn (i++, twice)(4);
    return sync(x) != 8 || i != 1;
}
