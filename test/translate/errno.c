// sync keeps errno.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

#include <errno.h>

static int spoil(int i)
{
    errno = i;
    return i;
}

int main(void)
{
    flowvar(int) a = spawn spoil(3);
    errno = 5;
    assert(sync(a) == 3);
    assert(errno == 5);
    return 0;
}
