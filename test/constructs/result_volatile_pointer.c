// A pointer to volatile.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static volatile int *same(volatile int *p)
{
    return p;
}

int main(void)
{
    volatile int n = 4;
    // CHECK: {{^}}/* result_volatile_pointer.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(volatile int *) x = spawn same(&n);
    return *sync(x) != 4;
}
