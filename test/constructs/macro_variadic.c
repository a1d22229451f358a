// A variadic macro around a spawn.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

#define RUN(f, ...) spawn f(__VA_ARGS__)

static int add(int a, int b)
{
    return a + b;
}

int main(void)
{
    // CHECK: {{^}}/* macro_variadic.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = RUN(add, 1, 2);
    return sync(x) != 3;
}
