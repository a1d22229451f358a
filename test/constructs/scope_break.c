// break leaves the loop around the scope, and waits.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static void add(int *p)
{
    __atomic_fetch_add(p, 1, __ATOMIC_RELAXED);
}

int main(void)
{
    int n = 0;
    for (;;) {
        sync_scope {
    // CHECK: {{^}}/* scope_break.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
            spawn add(&n);
            break;
        }
    }
    return n != 1;
}
