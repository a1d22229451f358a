// Inline functions of every linkage hold spawn.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

inline int outside(int n);
static inline int inside(int n)
{
    if (n < 2)
        return n;
    flowvar(int) x = spawn inside(n - 1);
    return inside(n - 2) + sync(x);
}

inline int outside(int n)
{
    if (n < 2)
        return n;
    flowvar(int) x = spawn outside(n - 1);
    return outside(n - 2) + sync(x);
}
extern inline int outside(int n);

int main(void)
{
    assert(inside(10) == 55);
    assert(outside(10) == 55);
    return 0;
}
