// #if inside a spawned call.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    // CHECK: {{^}}/* macro_conditional_lines.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn
    #if 1
        twice(1);
    #else
        nothing(
    #endif
    return sync(x) != 2;
}
