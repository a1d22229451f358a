// break of a switch around the scope.
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
    switch (k) {
    case 1:
        sync_scope {
    // CHECK: {{^}}/* scope_break_of_switch.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
            spawn add(&n);
            break;
        }
    default:
        n = 100;
    }
    return n != 1;
}
