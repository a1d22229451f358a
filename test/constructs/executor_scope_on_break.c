// Leaving sync_scope_on by break.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static void add(int *p)
{
    __atomic_fetch_add(p, 1, __ATOMIC_RELAXED);
}

int main(void)
{
    tine_executor *ex = tine_executor_new(&(tine_executor_config){.workers = 2});
    if (!ex)
        return 1;
    int n = 0;
    for (;;)
        sync_scope_on(ex) {
    // CHECK: {{^}}/* executor_scope_on_break.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
            spawn_on(ex, add(&n));
            break;
        }
    int bad = n != 1;
    tine_executor_free(ex);
    return bad;
}
