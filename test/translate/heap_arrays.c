// Flowvars in memory from malloc, as many as there are, synced in any order.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

#include <stdlib.h>

static long id(long i)
{
    return i;
}

int main(void)
{
    enum { COUNT = 20000 };
    flowvar(long) *v = calloc(COUNT, sizeof *v);
    long sum = 0;
    for (long i = 0; i < COUNT; i++)
        v[i] = spawn id(i);
    for (long i = 0; i < COUNT; i += 2)
        sum += sync(v[i]);
    for (long i = COUNT - 1; i > 0; i -= 2)
        sum += sync(v[i]);
    assert(sum == (long)COUNT * (COUNT - 1) / 2);
    free(v);
    return 0;
}
