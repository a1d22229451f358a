// flowvar_move leaves the source not spawned.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    // CHECK: {{^}}/* word_move.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn twice(1), y = flowvar_move(x);
    return is_spawned(x) || sync(y) != 2;
}
