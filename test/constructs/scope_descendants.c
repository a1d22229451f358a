// Tasks of tasks belong to the scope.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static void add(int *p)
{
    __atomic_fetch_add(p, 1, __ATOMIC_RELAXED);
}

static void grow(int depth, int *p)
{
    add(p);
    if (depth == 0)
        return;
    // CHECK: {{^}}/* scope_descendants.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    spawn grow(depth - 1, p);
    spawn grow(depth - 1, p);
}

int main(void)
{
    int n = 0;
    sync_scope {
        spawn grow(6, &n);
    }
    return n != 127;
}
