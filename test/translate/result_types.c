// Results of every kind of type.
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
typedef int (*callback)(int);
typedef struct {
    int x;
} anonymous;
struct wide {
    _Alignas(64) int x;
};
struct rooms {
    _Alignas(32) char c;
    int y;
};

static int twice(int i)
{
    return 2 * i;
}

static struct big give_big(double d)
{
    return (struct big){{d, d, d}};
}
static struct fixed give_fixed(int i)
{
    return (struct fixed){i, i + 1};
}
static union either give_union(int i)
{
    return (union either){.i = i};
}
static enum colour give_enum(void)
{
    return BLUE;
}
static bool give_bool(int i)
{
    return i != 0;
}
static callback give_function(void)
{
    return twice;
}
static int (*give_function_plainly(void))(int)
{
    return twice;
}
static const char *give_text(void)
{
    return "text";
}
static double complex give_complex(double d)
{
    return d + d * I;
}
static long double give_long_double(long double x)
{
    return x / 3;
}
static anonymous give_anonymous(int i)
{
    return (anonymous){i};
}
static struct wide give_wide(int i)
{
    return (struct wide){i};
}
static int take_rooms(struct rooms r)
{
    return r.c + r.y;
}
static __int128 give_int128(void)
{
    return (__int128)1 << 90;
}

int main(void)
{
    flowvar(struct big) a = spawn give_big(1.5);
    flowvar(struct fixed) b = spawn give_fixed(3);
    flowvar(union either) c = spawn give_union(4);
    flowvar(enum colour) d = spawn give_enum();
    flowvar(bool) e = spawn give_bool(17);
    flowvar(callback) f = spawn give_function();
    flowvar(int (*)(int)) g = spawn give_function_plainly();
    flowvar(const char *) h = spawn give_text();
    flowvar(double complex) i = spawn give_complex(2);
    flowvar(long double) j = spawn give_long_double(1);
    flowvar(anonymous) k = spawn give_anonymous(5);
    flowvar(struct wide) l = spawn give_wide(6);
    flowvar(int) m = spawn take_rooms((struct rooms){7, 8});
    flowvar(__int128) n = spawn give_int128();
    assert(sync(a).d[2] == 1.5);
    assert(sync(b).b == 4);
    assert(sync(c).i == 4);
    assert(sync(d) == BLUE);
    assert(sync(e) == 1);
    assert(sync(f)(3) == 6);
    assert(sync(g)(4) == 8);
    assert(sync(h)[0] == 't');
    assert(sync(i) == 2 + 2 * I);
    assert(sync(j) == 1.0L / 3);
    assert(sync(k).x == 5);
    assert(sync(l).x == 6);
    assert(sync(m) == 15);
    assert(sync(n) == (__int128)1 << 90);
    return 0;
}
