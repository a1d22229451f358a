// return without a value.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static void add(int *p)
{
    __atomic_fetch_add(p, 1, __ATOMIC_RELAXED);
}

static void leave(int *p)
{
    sync_scope {
    // CHECK: {{^}}/* scope_return_void.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
        spawn add(p);
        if (p)
            return;
        spawn add(p);
    }
}

int main(void)
{
    int n = 0;
    leave(&n);
    return n != 1;
}
