// An empty scope, and one without a spawn.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    // CHECK: {{^}}/* scope_empty.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn twice(1);
    sync_scope { }
    int n = 0;
    sync_scope { n++; }
    return n + sync(x) != 3;
}
