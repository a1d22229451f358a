// Arguments and results that are aligned to more than a task is.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

#include <stdint.h>

struct wide {
    _Alignas(64) int x;
};
struct wider {
    _Alignas(128) int y;
};

static int aligned(const void *p, uintptr_t to)
{
    return (uintptr_t)p % to == 0;
}

static int take(struct wide a, int b)
{
    return aligned(&a, 64) ? a.x + b : -1;
}

static struct wide both(struct wide a, struct wide b)
{
    return (struct wide){a.x + b.x};
}

static struct wide turn(struct wider a)
{
    return (struct wide){aligned(&a, 128) ? a.y : -1};
}

int main(void)
{
    flowvar(int) x = spawn take((struct wide){1}, 2);
    flowvar(struct wide) y = spawn both((struct wide){3}, (struct wide){4});
    flowvar(struct wide) z = spawn turn((struct wider){5});
    struct wide r = sync(y);
    assert(sync(x) == 3 && r.x == 7 && sync(z).x == 5);
    return 0;
}
