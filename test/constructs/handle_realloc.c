// Handles move as bytes.
// RUN: %every %s %t | %FileCheck %s
#include <stdlib.h>
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    flowvar(int) *v = calloc(1, sizeof *v);
    if (!v)
        return 1;
    // CHECK: {{^}}/* handle_realloc.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    v[0] = spawn twice(1);
    v = realloc(v, 1000 * sizeof *v);
    int bad = !v || sync(v[0]) != 2;
    free(v);
    return bad;
}
