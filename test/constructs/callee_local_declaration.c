// A function declared inside the function.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

int far(int n);
int far(int n)
{
    return 3 * n;
}

int main(void)
{
    extern int far(int);
    // CHECK: {{^}}/* callee_local_declaration.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn far(4);
    return sync(x) != 12;
}
