// A function-like macro around a spawn.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

#define RUN(call) spawn call

int main(void)
{
    // CHECK: {{^}}/* macro_function.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = RUN(twice(1));
    return sync(x) != 2;
}
