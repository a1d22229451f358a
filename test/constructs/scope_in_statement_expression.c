// A scope in a statement expression.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static void add(int *p)
{
    __atomic_fetch_add(p, 1, __ATOMIC_RELAXED);
}

int main(void)
{
    int n = 0;
    // CHECK: {{^}}/* scope_in_statement_expression.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    int r = ({ sync_scope { spawn add(&n); } n; });
    return r != 1;
}
