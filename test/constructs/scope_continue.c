// continue goes on with the loop around the scope, and waits.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static void add(int *p)
{
    __atomic_fetch_add(p, 1, __ATOMIC_RELAXED);
}

int main(void)
{
    int n = 0, bad = 0;
    for (int i = 0; i < 3; i++) {
        bad |= n != i;
        sync_scope {
    // CHECK: {{^}}/* scope_continue.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
            spawn add(&n);
            continue;
        }
    }
    return bad || n != 3;
}
