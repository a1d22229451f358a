// spawn in unbraced bodies of if, else, for, while, do and behind labels and case.
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

static int branches(int n)
{
    flowvar(int) x;
    if (n == 0)
        x = spawn id(10);
    else if (n == 1)
        x = spawn id(20);
    else
        x = spawn id(30);
    return sync(x);
}

static int loops(int n)
{
    flowvar(int) v[4];
    int i = 0, sum = 0;
    while (i < 2)
        v[i] = spawn id(n + i), i++;
    do
        v[i] = spawn id(n + i);
    while (++i < 4);
    for (i = 0; i < 4; i++)
        sum += sync(v[i]);
    return sum;
}

static int cases(int n)
{
    flowvar(int) x;
    switch (n) {
    case 0:
        x = spawn id(100);
        break;
    case 1:
    case 2:
        x = spawn id(200);
        break;
    default:
        x = spawn id(300);
    }
    return sync(x);
}

int main(void)
{
    assert(branches(0) == 10 && branches(1) == 20 && branches(2) == 30);
    assert(loops(1) == 10);
    assert(cases(0) == 100 && cases(2) == 200 && cases(9) == 300);
    return 0;
}
