// goto out of two scopes waits for both.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static void add(int *p)
{
    __atomic_fetch_add(p, 1, __ATOMIC_RELAXED);
}

int main(void)
{
    int n = 0;
    sync_scope {
    // CHECK: {{^}}/* scope_goto.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
        spawn add(&n);
        sync_scope {
            spawn add(&n);
            goto out;
        }
    }
    out:
    return n != 2;
}
