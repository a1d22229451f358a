// A pointer to rows of variable length.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int corner(int n, int m, int v[n][m])
{
    return v[n - 1][m - 1];
}

int main(void)
{
    int n = (int)sizeof(int) / 2, v[2][n];
    for (int i = 0; i < 2 * n; i++)
        (&v[0][0])[i] = i;
    // CHECK: {{^}}/* argument_vla_pointer.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn corner(2, n, v);
    return sync(x) != 2 * n - 1;
}
