// tine_pending(void).
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static void add(int *p)
{
    __atomic_fetch_add(p, 1, __ATOMIC_RELAXED);
}

int main(void)
{
    int n = 0;
    // CHECK: {{^}}/* submit_void.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    tine_pending(void) p = tine_submit add(&n);
    tine_wait_for(p);
    return n != 1;
}
