// Words as arguments of a macro.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

#define SAME(...) __VA_ARGS__

int main(void)
{
    flowvar(int) x;
    // CHECK: {{^}}/* macro_argument.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    SAME(x = spawn twice(1));
    return SAME(SAME(sync(x))) != 2;
}
