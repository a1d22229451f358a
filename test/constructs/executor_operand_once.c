// The executor is evaluated once.
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
    tine_executor *list[2] = {ex, 0}, **p = list;
    // CHECK: {{^}}/* executor_operand_once.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn_on(*p++, twice(1));
    int bad = sync(x) != 2 || p != list + 1;
    tine_executor_free(ex);
    return bad;
}
