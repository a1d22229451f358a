// spawn_on and sync_scope_on with an executor of one's own.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

#include <stdatomic.h>

static atomic_int runs;

static int id(int i)
{
    return i;
}

static int seven(void)
{
    return 7;
}

static void run(int n)
{
    runs += n;
}

int main(void)
{
    tine_executor *mine = tine_executor_new(&(tine_executor_config){.workers = 1});
    int (*pointer)(int) = id;
    int (*nothing)(void) = seven;
    assert(mine);
    flowvar(int) a = spawn_on(mine, id(3));
    flowvar(int) b = spawn_on(mine, (seven)());
    flowvar(int) c = spawn_on((mine), pointer(4));
    flowvar(int) d = spawn_on(mine, (nothing()));
    assert(sync(a) + sync(b) + sync(c) + sync(d) == 21);
    sync_scope_on(mine) {
        spawn_on(mine, run(5));
        spawn_on(mine, run(6));
    }
    assert(runs == 11);
    tine_executor_free(mine);
    return 0;
}
