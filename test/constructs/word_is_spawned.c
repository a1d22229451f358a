// is_spawned before, meanwhile and behind.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    flowvar(int) x;
    int a = is_spawned(x);
    // CHECK: {{^}}/* word_is_spawned.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    x = spawn twice(1);
    int b = is_spawned(x);
    sync(x);
    return a || !b || is_spawned(x);
}
