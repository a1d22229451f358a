// The user's names may be those that generated code likes.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

#define f 1
#define w 2
#define task 3
#define top 4
#define c 5
#define a1 6
#define result 7
#define x 8

static int id(int frame, int capture)
{
    return frame + capture;
}

static int use(int worker, int n)
{
    flowvar(int) payload = spawn id(worker, n);
    return sync(payload);
}

int main(void)
{
    assert(use(f + w + task + top, c + a1 + result + x) == 36);
    return 0;
}
