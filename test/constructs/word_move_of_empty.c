// An empty handle may be moved.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    flowvar(int) x = 0, y;
    y = flowvar_move(x);
    // CHECK: {{^}}/* word_move_of_empty.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) z = spawn twice(1);
    return is_spawned(y) || sync(z) != 2;
}
