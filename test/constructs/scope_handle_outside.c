// A handle that was declared outside is spawned inside, and synced behind.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    flowvar(int) x;
    sync_scope {
    // CHECK: {{^}}/* scope_handle_outside.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
        x = spawn twice(1);
    }
    return sync(x) != 2;
}
