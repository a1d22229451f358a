// The inner scope has ended when the outer goes on.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static void add(int *p)
{
    __atomic_fetch_add(p, 1, __ATOMIC_RELAXED);
}

int main(void)
{
    int n = 0, inner = 0;
    sync_scope {
    // CHECK: {{^}}/* scope_nested.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
        spawn add(&n);
        sync_scope {
            spawn add(&inner);
        }
        n += inner == 1 ? 0 : 100;
    }
    return n != 1;
}
