// A handle is empty after a sync when a later expression names it twice, which looks at it: in whatever order.
// RUN: %translate %s %t.c -- -O2
// RUN: %cc %cflags -O2 %t.c -o %t %link && env TINE_WORKERS=1 %run %t && env TINE_WORKERS=3 %run %t
// RUN: %translate %s %t.c
// RUN: %cc %cflags %t.c -o %t %link && %run %t
#include <tine.h>

static int f(int n)
{
    return n;
}

static int comma(int n)
{
    int r;
    flowvar(int) x;
    do
        x = spawn f(n--);
    while (sync(x) > 2);
    x = spawn f(n), r = sync(x);
    return r;
}

static int loop(int n)
{
    int r = 0;
    flowvar(int) x;
    for (int i = 0; i < n; i++) {
        x = spawn f(i);
        r += sync(x);
        r += (x = spawn f(2 * i), 1) ? sync(x) : 0;
    }
    while (x = spawn f(n), sync(x) > 0)
        n--;
    return r + n;
}

static int fields(int n)
{
    struct {
        flowvar(int) a, b;
    } s;
    s.a = spawn f(n);
    int r = sync(s.a);
    s.a = spawn f(1), s.b = spawn f(2), r += sync(s.a) + sync(s.b);
    return r;
}

int main(void)
{
    return comma(5) != 1 || loop(4) != 18 || fields(3) != 6;
}
