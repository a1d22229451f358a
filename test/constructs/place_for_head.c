// A handle declared in the head of a for.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    int r = 0;
    // CHECK: {{^}}/* place_for_head.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    for (flowvar(int) x = spawn twice(1); is_spawned(x);)
        r = sync(x);
    return r != 2;
}
