// An array of handles of variable length.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    int n = 5 + (int)sizeof(char), r = 0;
    flowvar(int) v[n];
    for (int i = 0; i < n; i++)
    // CHECK: {{^}}/* handle_vla.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
        v[i] = spawn twice(i);
    for (int i = n; i-- > 0;)
        r += sync(v[i]);
    return r != 30;
}
