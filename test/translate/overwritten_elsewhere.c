// A handle that is overwritten where memory is not read (a global, a field of a global, the heap) leaves a detached task
// behind: it has ended when sync_all returns, or the scope is left, or main has.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: env TINE_WORKERS=4 %run %t.o2
// RUN: env TINE_WORKERS=1 %run %t.o2 leave | grep -x "ended 2"
// RUN: env TINE_WORKERS=2 %run %t.o2 leave | grep -x "ended 2"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <tine.h>

typedef flowvar(int) handle;

struct pair {
    handle left, right;
};

static handle global;
static struct pair both;
static int ended;

static void slow(void)
{
    struct timespec some = {0, 2000000};
    nanosleep(&some, NULL);
}

static int run(int n)
{
    if (n == 1) slow();
    __atomic_fetch_add(&ended, 1, __ATOMIC_RELAXED);
    return n;
}

static void detached(void)
{
    slow();
    __atomic_fetch_add(&ended, 1, __ATOMIC_RELAXED);
}

/* A task that leaves others behind: one held, one detached. */
static int leave_behind(int n)
{
    handle *kept = malloc(sizeof *kept);
    *kept = spawn run(1);
    *kept = spawn run(n);
    spawn detached();
    sync(*kept);
    free(kept);
    return run(n);
}

static int runs(void) { return __atomic_exchange_n(&ended, 0, __ATOMIC_RELAXED); }

static void overwrite(void)
{
    for (int i = 0; i < 3; i++) {
        global = spawn run(i);
        both.right = spawn run(i);
        handle *kept = malloc(sizeof *kept);
        *kept = spawn run(i);
        *kept = spawn leave_behind(i);
        free(kept); /* and the last one with its memory */
    }
}

static void at_exit(void) { printf("ended %d\n", runs()); }

/* Before the executor's own handler, so that it runs after it. */
__attribute__((constructor)) static void begin(void) { atexit(at_exit); }

int main(int count, char **words)
{
    (void)words;
    if (count > 1) {
        global = spawn run(0);
        global = spawn run(0);
        return 0;
    }
    overwrite();
    sync_all();
    assert(runs() == 3 * 7);
    sync(global);
    sync(both.right);
    sync_all();
    assert(runs() == 0);
    sync_scope {
        overwrite();
    }
    assert(runs() == 3 * 7);
    /* A held task that another thread of the pool runs just now. */
    for (int i = 0; i < 20; i++) {
        global = spawn run(1);
        slow();
        global = spawn run(2);
        sync_all();
        assert(runs() == 2);
    }
    return 0;
}
