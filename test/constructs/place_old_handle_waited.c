// Assigning to a local that has a task waits for that task first.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int count(int *p)
{
    return __atomic_add_fetch(p, 1, __ATOMIC_RELAXED);
}

int main(void)
{
    int n = 0;
    // CHECK: {{^}}/* place_old_handle_waited.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn count(&n);
    x = spawn count(&n);
    int seen = n;
    return seen < 1 || sync(x) != 2;
}
