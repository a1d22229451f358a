// return waits after its value is computed.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static void add(int *p)
{
    __atomic_fetch_add(p, 1, __ATOMIC_RELAXED);
}

static int leave(int *p)
{
    sync_scope {
    // CHECK: {{^}}/* scope_return.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
        spawn add(p);
        return 7;
    }
}

int main(void)
{
    int n = 0;
    return leave(&n) != 7 || n != 1;
}
