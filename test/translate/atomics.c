// Parameters that are _Atomic, bit-fields, compound literals and string literals as arguments.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

#include <string.h>

struct bits {
    unsigned a : 3, b : 5;
    signed c : 4;
};
struct point {
    int x, y;
};

static int take(_Atomic int a, unsigned b, int c)
{
    return a + (int)b + c;
}

static int point(struct point p, const struct point *q, const char *s)
{
    return p.x + q->y + (int)strlen(s);
}

int main(void)
{
    struct bits b = {5, 17, -3};
    flowvar(int) x = spawn take(b.a, b.b, b.c);
    flowvar(int) y = spawn point((struct point){1, 2}, &(struct point){3, 4}, "abc" "def");
    assert(sync(x) == 19);
    assert(sync(y) == 11);
    return 0;
}
