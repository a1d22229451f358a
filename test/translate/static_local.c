// A static variable of a function that is called as a task stays one.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

static int count(int n)
{
    static int calls;
    int now = __atomic_add_fetch(&calls, 1, __ATOMIC_RELAXED);
    if (n < 1)
        return now;
    flowvar(int) x = spawn count(n - 1);
    count(n - 1);
    sync(x);
    return __atomic_load_n(&calls, __ATOMIC_RELAXED);
}

int main(void)
{
    assert(count(5) == 63);
    return 0;
}
