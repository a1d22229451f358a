// A call through a struct member.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    struct ops {
        int (*f)(int);
    } ops = {twice}, *p = &ops;
    // CHECK: {{^}}/* callee_member.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn ops.f(4), y = spawn p->f(5);
    return sync(x) + sync(y) != 18;
}
