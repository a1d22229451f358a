// case and goto jump past the declaration of a flowvar.
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

static int pick(int n)
{
    switch (n) {
    case 0:;
        flowvar(int) x = spawn id(10);
        return sync(x);
    case 1:
        x = spawn id(20);
        return sync(x);
    default:
        return -1;
    }
}

static int jump(int n)
{
    int sum = 0;
    if (n > 0)
        goto later;
    flowvar(int) x = spawn id(1);
    sum += sync(x);
later:
    sum += 2;
    return sum;
}

int main(void)
{
    assert(pick(0) == 10 && pick(1) == 20 && pick(2) == -1);
    assert(jump(0) == 3 && jump(1) == 2);
    return 0;
}
