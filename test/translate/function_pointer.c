// Calls through function pointers, members and table elements.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

static int add(int a, int b)
{
    return a + b;
}

static int sub(int a, int b)
{
    return a - b;
}

static int zero(void)
{
    return 7;
}

struct ops {
    int (*call)(int, int);
    struct ops *next;
};

typedef int binary(int, int);

static int apply(binary *f, struct ops *list)
{
    int (*table[2])(int, int) = {add, sub};
    int (*nothing)(void) = zero;
    flowvar(int) a = spawn f(1, 2);
    flowvar(int) b = spawn list->call(3, 4);
    flowvar(int) c = spawn list->next->call(5, 6);
    flowvar(int) d = spawn table[1](7, 8);
    flowvar(int) e = spawn (*table[0])(9, 10);
    flowvar(int) g = spawn nothing();
    flowvar(int) h = spawn (list->call == add ? add : sub)(1, 1);
    int sum = sync(h) + sync(g) + sync(e);
    return sum + sync(a) + sync(b) + sync(c) + sync(d);
}

int main(void)
{
    struct ops second = {sub, 0}, first = {add, &second};
    assert(apply(add, &first) == 2 + 7 + 19 + 3 + 7 - 1 - 1);
    return 0;
}
