// sync_scope_on waits for the tasks of that executor.
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
    sync_scope_on(ex) {
    // CHECK: {{^}}/* executor_scope_on.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
        spawn_on(ex, add(&n));
        spawn_on(ex, add(&n));
    }
    int bad = n != 2;
    tine_executor_free(ex);
    return bad;
}
