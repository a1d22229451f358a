// spawn and sync in every part of the head of a for.
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

static int first(int n)
{
    int sum = 0;
    for (flowvar(int) x = spawn id(n); is_spawned(x);)
        sum += sync(x);
    return sum;
}

static int parts(int n)
{
    int sum = 0;
    flowvar(int) x;
    for (x = spawn id(n); sync(x) > 0; n--, x = spawn id(n))
        sum += n;
    return sum;
}

int main(void)
{
    assert(first(5) == 5);
    assert(parts(4) == 10);
    return 0;
}
