// break of a switch inside the scope stays inside.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static void add(int *p)
{
    __atomic_fetch_add(p, 1, __ATOMIC_RELAXED);
}

int main(void)
{
    int n = 0;
    volatile int k = 1;
    sync_scope {
        switch (k) {
        case 1:
    // CHECK: {{^}}/* scope_switch_inside.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
            spawn add(&n);
            break;
        default:
            break;
        }
        spawn add(&n);
    }
    return n != 2;
}
