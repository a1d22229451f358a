// Flowvars behind typedefs, in typedefs of arrays, in locals of local types.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

typedef flowvar(int) handle;
typedef flowvar(int) handles[3];
typedef struct {
    handle first;
    handles rest;
} bundle;

static int id(int i)
{
    return i;
}

int main(void)
{
    typedef int number;
    typedef flowvar(number) own;
    handle a = spawn id(1);
    handles b = {0};
    bundle c = {0};
    own d = spawn id(4);
    b[1] = spawn id(2);
    c.rest[2] = spawn id(3);
    assert(sync(a) + sync(b[1]) + sync(c.rest[2]) + sync(d) == 10);
    return 0;
}
