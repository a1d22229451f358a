// An array of arrays of handles.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    flowvar(int) v[2][3];
    int r = 0;
    for (int i = 0; i < 6; i++)
    // CHECK: {{^}}/* handle_two_dimensions.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
        v[i / 3][i % 3] = spawn twice(i);
    for (int i = 0; i < 6; i++)
        r += sync(v[i / 3][i % 3]);
    return r != 30;
}
