// Handles in compound literals that are returned, passed, assigned and pointed to, also from macros.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

struct one {
    int k;
    flowvar(int) a;
};
struct two {
    flowvar(int) a;
    flowvar(void) b;
    struct one more[2];
    int k;
};
union either {
    flowvar(int) a;
    long n;
};
#define ONE(n) ((struct one){.a = spawn id(n), .k = 1})

static int hits;

static int id(int n)
{
    return n;
}

static void hit(int n)
{
    __atomic_fetch_add(&hits, n, __ATOMIC_RELAXED);
}

static struct one last(void)
{
    return (struct one){1, spawn id(2)};
}

static struct one from_macro(int n)
{
    return ONE(n);
}

static struct one chosen(int n)
{
    return n > 0 ? (struct one){n, spawn id(n)} : (struct one){.a = spawn id(-n)};
}

static union either in_union(int n)
{
    return (union either){spawn id(n)};
}

static flowvar(int) scalar(int n)
{
    return (flowvar(int)){spawn id(n)};
}

static int eat(struct two t)
{
    sync(t.b);
    return sync(t.a) + t.k;
}

static int eat_one(struct one o)
{
    return sync(o.a);
}

static int eat_more(struct two *t)
{
    return sync(t->more[0].a) + sync(t->more[1].a) + eat((struct two){flowvar_move(t->a), flowvar_move(t->b), {{0}}, 1});
}

int main(void)
{
    struct one x = last(), y = from_macro(3), z = chosen(-4);
    union either u = in_union(6);
    flowvar(int) s = scalar(7);
    assert(sync(x.a) == 2 && sync(y.a) == 3 && sync(z.a) == 4 && sync(u.a) == 6 && sync(s) == 7);
    assert(eat((struct two){spawn id(1), spawn hit(1), {{0}}, 3}) == 4);
    assert(eat((struct two){.k = 3, .b = spawn hit(1), .a = spawn id(2)}) == 5);
    assert(eat_one(ONE(5)) == 5);
    flowvar(int) nested = spawn eat_one((struct one){0, spawn id(8)});
    assert(sync(nested) == 8);
    x = (struct one){1, spawn id(9)};
    assert(sync(x.a) == 9);
    assert(eat_more(&(struct two){spawn id(1), spawn hit(1), {{1, spawn id(2)}, [1].a = spawn id(3)}, 0}) == 7);
    assert(hits == 3);
    return 0;
}
