// A parallel loop as a macro.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

#define PARALLEL_FOR(i, n, call) \
    sync_scope {                 \
        for (int i = 0; i < (n); i++) \
            spawn call;          \
    }

static void add(int *p)
{
    __atomic_fetch_add(p, 1, __ATOMIC_RELAXED);
}

int main(void)
{
    int v[5] = {0}, r = 0;
    // CHECK: {{^}}/* macro_loop.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    PARALLEL_FOR(i, 5, add(&v[i]))
    for (int i = 0; i < 5; i++)
        r += v[i];
    return r != 5;
}
