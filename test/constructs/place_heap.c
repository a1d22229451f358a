// Handles in memory from calloc.
// RUN: %every %s %t | %FileCheck %s
#include <stdlib.h>
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    flowvar(int) *v = calloc(2, sizeof *v);
    if (!v)
        return 1;
    // CHECK: {{^}}/* place_heap.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    v[1] = spawn twice(1);
    int bad = is_spawned(v[0]) || sync(v[1]) != 2;
    free(v);
    return bad;
}
