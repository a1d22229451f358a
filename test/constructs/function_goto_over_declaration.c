// A jump over the declaration of a handle leaves it not spawned.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    int n = 0;
    if (n == 0)
        goto behind;
    // CHECK: {{^}}/* function_goto_over_declaration.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn twice(1);
    n = sync(x);
    behind:
    return n;
}
