// goto inside a scope does not leave it.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static void add(int *p)
{
    __atomic_fetch_add(p, 1, __ATOMIC_RELAXED);
}

int main(void)
{
    int n = 0, i = 0;
    sync_scope {
    again:
    // CHECK: {{^}}/* scope_goto_inside.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
        spawn add(&n);
        if (++i < 3)
            goto again;
    }
    return n != 3;
}
