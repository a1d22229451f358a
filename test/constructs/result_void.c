// A void task with a handle.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static void set(int *p)
{
    *p = 1;
}

int main(void)
{
    int n = 0;
    // CHECK: {{^}}/* result_void.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(void) x = spawn set(&n);
    sync(x);
    return n != 1;
}
