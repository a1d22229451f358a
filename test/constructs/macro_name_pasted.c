// The function's name is pasted together.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

#define RUN(n, k) spawn function_##n(k)

static int function_one(int n)
{
    return n;
}

int main(void)
{
    // CHECK: {{^}}/* macro_name_pasted.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = RUN(one, 3);
    return sync(x) != 3;
}
