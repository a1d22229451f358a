// A function that is declared only inside the function that spawns it.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

int main(void)
{
    int elsewhere(int);
    flowvar(int) x = spawn elsewhere(3);
    assert(sync(x) == 6);
    return 0;
}

int elsewhere(int i);
int elsewhere(int i)
{
    return 2 * i;
}
