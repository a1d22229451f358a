// Functions with attributes, inline functions, extern inline, and asm labels keep them.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

__attribute__((noinline, used)) static int plain(int n)
{
    if (n < 2)
        return n;
    flowvar(int) x = spawn plain(n - 1);
    return plain(n - 2) + sync(x);
}

static inline int small(int n)
{
    if (n < 2)
        return n;
    flowvar(int) x = spawn small(n - 1);
    return small(n - 2) + sync(x);
}

int labelled(int n) __asm__("labelled_for_the_linker");
int labelled(int n)
{
    if (n < 2)
        return n;
    flowvar(int) x = spawn labelled(n - 1);
    return labelled(n - 2) + sync(x);
}

int main(void)
{
    assert(plain(10) == 55 && small(10) == 55 && labelled(10) == 55);
    return 0;
}
