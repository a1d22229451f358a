// return of a struct out of a scope.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static void add(int *p)
{
    __atomic_fetch_add(p, 1, __ATOMIC_RELAXED);
}

struct large {
    int d[40];
};

static struct large leave(int *p)
{
    sync_scope {
    // CHECK: {{^}}/* scope_return_struct.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
        spawn add(p);
        return (struct large){{1, 2, 3, 4}};
    }
}

int main(void)
{
    int n = 0;
    return leave(&n).d[3] != 4 || n != 1;
}
