// Parameters that are arrays of fixed and variable length.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

static int f(int n, int m, int v[n][m], const int w[static 2])
{
    // CHECK: {{^}}/* function_array_parameters.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn twice(v[n - 1][m - 1]);
    return sync(x) + w[1];
}

int main(void)
{
    int v[2][3] = {{1, 2, 3}, {4, 5, 6}};
    return f(2, 3, v, v[0]) != 2 * 6 + 2;
}
