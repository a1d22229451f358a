// flowvar(void): spawn, sync, and a void task whose flowvar is dropped.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

static int done[3];

static void mark(int i)
{
    done[i]++;
}

static void both(void)
{
    flowvar(void) a = spawn mark(0);
    flowvar(void) b = spawn mark(1);
    sync(b);
    sync(a);
}

static void dropped(void)
{
    flowvar(void) c = spawn mark(2);
    if (is_spawned(c))
        done[2] += 0;
}

int main(void)
{
    both();
    dropped();
    assert(done[0] == 1 && done[1] == 1 && done[2] == 1);
    return 0;
}
