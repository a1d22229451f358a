// Commas in the spawned call are its own.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int add(int a, int b)
{
    return a + b;
}

int main(void)
{
    tine_executor *ex = tine_executor_new(&(tine_executor_config){.workers = 2});
    if (!ex)
        return 1;
    // CHECK: {{^}}/* executor_commas.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn_on(ex, add(1, ((void)2, 3)));
    int bad = sync(x) != 4;
    tine_executor_free(ex);
    return bad;
}
