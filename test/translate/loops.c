// A flowvar in the body of nested loops begins anew each time round.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

static int id(int i)
{
    return i;
}

static int nested(int n)
{
    int sum = 0;
    for (int i = 0; i < n; i++) {
        flowvar(int) outer = spawn id(100 * i);
        for (int j = 0; j < i; j++) {
            flowvar(int) x, y = spawn id(j);
            if (j == 2)
                continue;
            x = spawn id(10);
            if (j == 4)
                break;
            sum += sync(x) + sync(y);
        }
        if (i % 2)
            sum += sync(outer);
    }
    return sum;
}

int main(void)
{
    assert(nested(6) == 1020);
    return 0;
}
