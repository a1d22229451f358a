// spawn_on through a function pointer.
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
    int (*f)(int) = twice;
    // CHECK: {{^}}/* executor_spawn_on_pointer.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn_on(ex, f(1));
    int bad = sync(x) != 2;
    tine_executor_free(ex);
    return bad;
}
