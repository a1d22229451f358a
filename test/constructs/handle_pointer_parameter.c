// A pointer to a handle as parameter.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

static void start(flowvar(int) *p)
{
    // CHECK: {{^}}/* handle_pointer_parameter.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    *p = spawn twice(1);
}

static int finish(flowvar(int) *p)
{
    return sync(*p);
}

int main(void)
{
    flowvar(int) x;
    start(&x);
    return finish(&x) != 2 || is_spawned(x);
}
