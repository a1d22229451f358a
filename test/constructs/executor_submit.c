// tine_submit_on, and the three questions.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    tine_executor *ex = tine_executor_new(&(tine_executor_config){.workers = 2});
    if (!ex)
        return 1;
    // CHECK: {{^}}/* executor_submit.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    tine_pending(int) p = tine_submit_on(ex, twice(1));
    int bad = !tine_is_submitted(p);
    while (!is_ready(p))
        continue;
    bad |= tine_wait_for(p) != 2 || tine_is_submitted(p);
    tine_executor_free(ex);
    return bad;
}
