// A function that does not return may be spawned where it is not reached.
// RUN: %every %s %t | %FileCheck %s
#include <stdlib.h>
#include <tine.h>

static _Noreturn void die(void)
{
    exit(3);
}

int main(void)
{
    volatile int n = 0;
    if (n)
    // CHECK: {{^}}/* callee_noreturn_not_run.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
        spawn die();
    return n;
}
