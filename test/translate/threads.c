// Any thread may call code that spawns.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

#include <pthread.h>

static long fib(int n)
{
    if (n < 2)
        return n;
    flowvar(long) x = spawn fib(n - 1);
    return fib(n - 2) + sync(x);
}

static void *run(void *p)
{
    *(long *)p = fib(15);
    return p;
}

int main(void)
{
    pthread_t t[3];
    long r[3];
    for (int i = 0; i < 3; i++)
        assert(pthread_create(&t[i], 0, run, &r[i]) == 0);
    for (int i = 0; i < 3; i++) {
        pthread_join(t[i], 0);
        assert(r[i] == 610);
    }
    return 0;
}
