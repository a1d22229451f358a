// A scope as the body of each loop.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static void add(int *p)
{
    __atomic_fetch_add(p, 1, __ATOMIC_RELAXED);
}

int main(void)
{
    int n = 0, i = 0;
    for (; i < 2; i++)
    // CHECK: {{^}}/* scope_on_body_of_loops.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
        sync_scope { spawn add(&n); }
    while (i < 4)
        sync_scope { spawn add(&n); i++; }
    do
        sync_scope { spawn add(&n); }
    while (++i < 6);
    return n != 6;
}
