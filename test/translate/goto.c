// Functions with labels, goto in both directions, and computed goto.
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

static int retry(int n)
{
    int sum = 0;
    flowvar(int) x;
again:
    x = spawn id(n);
    sum += sync(x);
    if (--n > 0)
        goto again;
    return sum;
}

static int computed(int which)
{
    static void *const labels[] = {&&one, &&two};
    flowvar(int) x;
    goto *labels[which];
one:
    x = spawn id(1);
    return sync(x);
two:
    x = spawn id(2);
    return sync(x);
}

int main(void)
{
    assert(retry(4) == 10);
    assert(computed(0) == 1 && computed(1) == 2);
    return 0;
}
