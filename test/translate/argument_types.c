// Arguments of every kind of type arrive as in a plain call.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

#include <complex.h>
#include <stdbool.h>
#include <string.h>

struct small {
    char c;
    short s;
};
struct big {
    double d[12];
};
struct fixed {
    const int a;
    int b;
};
union either {
    int i;
    float f;
};
enum colour { RED, GREEN, BLUE };
typedef unsigned char byte;
typedef int (*callback)(int);

static int twice(int i)
{
    return 2 * i;
}

static long integers(char c, signed char s, byte b, short h, unsigned u, long l, long long ll, bool t,
                     enum colour e)
{
    return c + s + b + h + (long)u + l + (long)ll + t + e;
}

static double floats(float f, double d, long double ld, double complex z)
{
    return f + d + (double)ld + creal(z) + cimag(z);
}

static double records(struct small a, struct big b, union either u, struct fixed k)
{
    return a.c + a.s + b.d[0] + b.d[11] + u.i + k.a + k.b;
}

static int pointers(const char *s, int v[4], callback f, int (*m)[2], void *p, const int *restrict q)
{
    return (int)strlen(s) + v[3] + f(1) + m[1][1] + (p != 0) + *q;
}

static int qualified(const int a, volatile int b, register int c)
{
    return a + b + c;
}

static __int128 wide(__int128 x, __int128 y)
{
    return x * y;
}

int main(void)
{
    int v[4] = {1, 2, 3, 4}, m[2][2] = {{1, 2}, {3, 4}};
    struct big big = {.d = {[0] = 1, [11] = 2}};
    flowvar(long) i = spawn integers('a', -1, 300 - 256, 3, 4u, 5, 6, 7, BLUE);
    flowvar(double) f = spawn floats(1, 2, 3, 4 + 5 * I);
    flowvar(double) r = spawn records((struct small){1, 2}, big, (union either){.i = 3},
                                      (struct fixed){4, 5});
    flowvar(int) p = spawn pointers("four", v, twice, m, m, &v[0]);
    flowvar(int) q = spawn qualified(1, 2, 3);
    flowvar(__int128) w = spawn wide(1, (__int128)1 << 100);
    assert(sync(w) == (__int128)1 << 100);
    assert(sync(q) == 6);
    assert(sync(p) == 4 + 4 + 2 + 4 + 1 + 1);
    assert(sync(r) == 1 + 2 + 1 + 2 + 3 + 4 + 5);
    assert(sync(f) == 15);
    assert(sync(i) == 'a' - 1 + 44 + 3 + 4 + 5 + 6 + 1 + 2);
    return 0;
}
