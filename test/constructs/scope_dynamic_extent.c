// What a called function detaches belongs to the caller's scope.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static void add(int *p)
{
    __atomic_fetch_add(p, 1, __ATOMIC_RELAXED);
}

static void start(int *p)
{
    // CHECK: {{^}}/* scope_dynamic_extent.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    spawn add(p);
}

int main(void)
{
    int n = 0;
    sync_scope {
        start(&n);
    }
    return n != 1;
}
