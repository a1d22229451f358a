// tine_submit, tine_submit_on, tine_wait_for, tine_is_submitted and is_ready.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

static int id(int i)
{
    return i;
}

static void nothing(void)
{
}

int main(void)
{
    tine_pending(int) a = tine_submit id(3);
    tine_pending(void) b = tine_submit nothing();
    assert(tine_is_submitted(a));
    assert(tine_wait_for(a) == 3);
    assert(!tine_is_submitted(a));
    tine_wait_for(b);
    tine_executor *mine = tine_executor_new(&(tine_executor_config){.workers = 1});
    tine_pending(int) c = tine_submit_on(mine, id(4));
    while (!is_ready(c))
        ;
    assert(tine_wait_for(c) == 4);
    tine_submit nothing();
    tine_executor_free(mine);
    return 0;
}
