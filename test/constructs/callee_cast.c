// A cast as the function.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    void *p = (void *)twice;
    // CHECK: {{^}}/* callee_cast.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn ((int (*)(int))p)(4);
    return sync(x) != 8;
}
