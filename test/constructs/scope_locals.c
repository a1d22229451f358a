// Tasks may use the locals of the block.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static void copy(const int *from, int *to)
{
    *to = *from + 5;
}

int main(void)
{
    int sum = 0;
    sync_scope {
        int n = 0;
    // CHECK: {{^}}/* scope_locals.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
        spawn copy(&n, &sum);
        n = 0;
    }
    return sum != 5;
}
