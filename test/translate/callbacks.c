// Plain library code between translated functions; setjmp beside spawn.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

#include <setjmp.h>
#include <stdlib.h>

static int id(int i)
{
    return i;
}

static int compare(const void *a, const void *b)
{
    flowvar(int) x = spawn id(*(const int *)a);
    int y = *(const int *)b;
    return sync(x) - y;
}

static int sorted(int n)
{
    int v[50];
    for (int i = 0; i < 50; i++)
        v[i] = (i * 37 + n) % 50;
    flowvar(int) x = spawn id(n);
    qsort(v, 50, sizeof *v, compare);
    flowvar(int) y = spawn id(1);
    for (int i = 0; i < 50; i++)
        if (v[i] != i)
            return -1;
    return sync(x) + sync(y);
}

static jmp_buf out;

static int jumps(int n)
{
    if (setjmp(out) != 0)
        return 5;
    flowvar(int) x = spawn id(n);
    int r = sync(x);
    if (r > 0)
        longjmp(out, 1);
    return r;
}

int main(void)
{
    assert(sorted(3) == 4);
    assert(jumps(0) == 0);
    assert(jumps(1) == 5);
    return 0;
}
