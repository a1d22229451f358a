// The spawned function's name is a macro.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

#define function(n) twice(n)

int main(void)
{
    // CHECK: {{^}}/* macro_user_function.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn function(1);
    return sync(x) != 2;
}
