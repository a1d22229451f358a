// An array of flowvars, filled in a loop, synced first to last and last to first.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

static int square(int i)
{
    return i * i;
}

static int forward(void)
{
    flowvar(int) v[10];
    int sum = 0;
    for (int i = 0; i < 10; i++)
        v[i] = spawn square(i);
    for (int i = 0; i < 10; i++)
        sum += sync(v[i]);
    return sum;
}

static int backward(void)
{
    flowvar(int) v[10] = {0};
    int sum = 0;
    for (int i = 0; i < 10; i++)
        v[i] = spawn square(i);
    for (int i = 9; i >= 0; i--)
        sum += sync(v[i]);
    return sum;
}

static int listed(void)
{
    flowvar(int) v[] = {spawn square(1), spawn square(2), spawn square(3)};
    return sync(v[1]) + sync(v[0]) + sync(v[2]);
}

static int many(void)
{
    flowvar(int) v[1000];
    int sum = 0;
    for (int i = 0; i < 1000; i++)
        v[i] = spawn square(i % 10);
    for (int i = 0; i < 1000; i++)
        sum += sync(v[i]);
    return sum;
}

static int table(int rows)
{
    flowvar(int) v[4][5];
    int sum = 0;
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < 5; j++)
            v[i][j] = spawn square(i * 5 + j);
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < 5; j++)
            sum += sync(v[i][j]);
    return sum;
}

int main(void)
{
    assert(forward() == 285);
    assert(backward() == 285);
    assert(listed() == 14);
    assert(many() == 28500);
    assert(table(2) == 285);
    return 0;
}
