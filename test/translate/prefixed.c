// The prefixed names, with TINE_NO_SHORT_NAMES and the short ones used otherwise.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#define TINE_NO_SHORT_NAMES
#include <tine.h>

static int id(int i)
{
    return i;
}

int main(void)
{
    int spawn = 1, sync = 2;
    tine_flowvar(int) x = tine_spawn id(spawn);
    assert(tine_is_spawned(x));
    assert(tine_sync(x) + sync == 3);
    return 0;
}
