// A scope as the body of if and else.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static void add(int *p)
{
    __atomic_fetch_add(p, 1, __ATOMIC_RELAXED);
}

int main(void)
{
    int n = 0;
    volatile int k = 0;
    if (k)
    // CHECK: {{^}}/* scope_on_statement_of_if.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
        sync_scope { spawn add(&n); }
    else
        sync_scope { spawn add(&n); spawn add(&n); }
    return n != 2;
}
