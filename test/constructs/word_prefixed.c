// The prefixed names alone.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    // CHECK: {{^}}/* word_prefixed.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    tine_flowvar(int) x = tine_spawn twice(1);
    tine_flowvar(int) y = tine_flowvar_move(x);
    tine_sync_scope { }
    return tine_is_spawned(x) || !tine_is_spawned(y) || tine_sync(y) != 2;
}
