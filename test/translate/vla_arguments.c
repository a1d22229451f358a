// Pointers to variable-length arrays and types of the function's own as arguments.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

static int trace(int n, int m[n][n])
{
    int sum = 0;
    for (int i = 0; i < n; i++)
        sum += m[i][i];
    return sum;
}

static int corner(int n, int (*m)[n])
{
    return m[n - 1][n - 1];
}

int main(void)
{
    int n = 3, m[n][n];
    enum local { ONE = 1 };
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            m[i][j] = i * n + j;
    flowvar(int) a = spawn trace(n, m);
    flowvar(int) b = spawn corner(n + ONE - 1, m);
    assert(sync(a) == 12);
    assert(sync(b) == 8);
    return 0;
}
