// Variable-length arrays of structs that hold flowvars, and of several dimensions.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

struct pair {
    flowvar(int) left, right;
};

static int runs;

static int id(int i)
{
    __atomic_fetch_add(&runs, 1, __ATOMIC_RELAXED);
    return i;
}

static int use(int n, int m)
{
    struct pair p[n];
    flowvar(int) v[n][m];
    flowvar(int) *escaped = v[0];
    for (int i = 0; i < n; i++) {
        p[i].right = spawn id(i);
        for (int j = 0; j < m; j++)
            v[i][j] = spawn id(i * j);
    }
    return sync(p[n - 1].right) + sync(v[n - 1][m - 1]) + sync(*escaped);
}

int main(void)
{
    assert(use(3, 4) == 2 + 6 + 0);
    assert(runs == 3 + 12);
    return 0;
}
