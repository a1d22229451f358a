// Macros for the beginning and the end of a scope.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

#define BEGIN sync_scope {
#define END }

static void add(int *p)
{
    __atomic_fetch_add(p, 1, __ATOMIC_RELAXED);
}

int main(void)
{
    int n = 0;
    // CHECK: {{^}}/* macro_scope.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    BEGIN spawn add(&n); END
    return n != 1;
}
