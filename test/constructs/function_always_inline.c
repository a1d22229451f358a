// An always_inline function that spawns.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

static inline __attribute__((always_inline)) int f(int n)
{
    // CHECK: {{^}}/* function_always_inline.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn twice(n);
    return sync(x);
}

int main(void)
{
    return f(1) != 2;
}
