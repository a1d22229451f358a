// Old-style definitions and functions without a prototype; float and char are promoted.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

#pragma GCC diagnostic ignored "-Wold-style-definition"
#pragma GCC diagnostic ignored "-Wstrict-prototypes"
#if defined(__clang__) && __clang_major__ >= 15
#pragma GCC diagnostic ignored "-Wdeprecated-non-prototype"
#endif

#if __STDC_VERSION__ < 202000L
static double half();
static int old(a, b)
    int a;
    char b;
{
    if (a == 0)
        return b;
    flowvar(int) x = spawn old(a - 1, b);
    return sync(x) + 1;
}

static double half(d)
    double d;
{
    return d / 2;
}
#else
static int old(int a, char b)
{
    return a + b;
}
static double half(double d)
{
    return d / 2;
}
#endif

int main(void)
{
    float f = 3;
    flowvar(int) x = spawn old(3, 'a');
    flowvar(double) y = spawn half(f);
    assert(sync(x) == 'a' + 3);
    assert(sync(y) == 1.5);
    return 0;
}
