// Unbraced bodies of all loops.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    flowvar(int) v[6];
    int i = 0, r = 0;
    for (; i < 2; i++)
    // CHECK: {{^}}/* place_unbraced_loops.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
        v[i] = spawn twice(i);
    while (i < 4)
        v[i] = spawn twice(i), i++;
    do
        v[i] = spawn twice(i);
    while (++i < 6);
    while (i-- > 0)
        r += sync(v[i]);
    return r != 30;
}
