// break and continue of a loop inside the scope.
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
        for (int i = 0; i < 5; i++) {
            if (i == 1)
                continue;
            if (i == 3)
                break;
    // CHECK: {{^}}/* scope_loop_inside.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
            spawn add(&n);
        }
    }
    return n != 2;
}
