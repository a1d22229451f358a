// __LINE__ inside a spawned call is the line it stands on.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    // CHECK: {{^}}/* function_line.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn twice(__LINE__);
    int line = __LINE__ - 1;
    return sync(x) != 2 * line;
}
