// A forgotten task is waited for at the end of the block.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int set(int *p)
{
    return *p = 1;
}

int main(void)
{
    int n = 0;
    {
    // CHECK: {{^}}/* handle_dropped_at_scope_end.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
        flowvar(int) x = spawn set(&n);
        (void)x;
    }
    return n != 1;
}
