// A forgotten task is waited for by break, continue and goto.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int count(int *p)
{
    return __atomic_add_fetch(p, 1, __ATOMIC_RELAXED);
}

int main(void)
{
    int n = 0;
    for (int i = 0; i < 4; i++) {
    // CHECK: {{^}}/* handle_dropped_by_jumps.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
        flowvar(int) x = spawn count(&n);
        if (i == 0)
            continue;
        if (i == 1)
            goto next;
        if (i == 2)
            break;
        sync(x);
    next:;
    }
    return n != 3;
}
