// Operands are evaluated by the parent, once, before the task can start.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

static int calls;

static int next(void)
{
    return ++calls;
}

static int add(int a, int b)
{
    return 100 * a + b;
}

int main(void)
{
    int n = 1;
    flowvar(int) x = spawn add(next(), n++);
    n = 50;
    assert(calls == 1);
    assert(sync(x) == 101);
    int (*const table[])(int, int) = {add, add};
    int i = 0;
    flowvar(int) y = spawn table[i++](n, 2);
    assert(i == 1 && sync(y) == 5002);
    return 0;
}
