// Spawns in the initialiser of an array.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    // CHECK: {{^}}/* place_initialiser_list.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) v[3] = {spawn twice(1), [2] = spawn twice(2)};
    return sync(v[0]) + sync(v[2]) != 6 || is_spawned(v[1]);
}
