// sync_all waits for detached tasks.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static void add(int *p)
{
    __atomic_fetch_add(p, 1, __ATOMIC_RELAXED);
}

int main(void)
{
    int n = 0;
    // CHECK: {{^}}/* sync_all_waits.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    spawn add(&n);
    spawn add(&n);
    sync_all();
    return n != 2;
}
