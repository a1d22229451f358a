// A static inline function.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static inline int half(int n)
{
    return n / 2;
}

int main(void)
{
    // CHECK: {{^}}/* callee_inline.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn half(4);
    return sync(x) != 2;
}
