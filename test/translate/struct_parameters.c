// A struct parameter that holds handles is waited for when its function ends, before its locals die.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

struct pair {
    flowvar(int) left, right;
};

struct holder {
    int number;
    struct pair pairs[2];
};

static int runs;

static int run(int *p)
{
    *p += 1;
    return __atomic_add_fetch(&runs, 1, __ATOMIC_RELAXED);
}

/* What the caller put in. */
static int given(struct pair p, int how)
{
    if (how == 0)
        return 0;
    sync(p.left);
    return 1;
}

/* What the function itself spawns, over a local of its own. */
static int spawned(struct holder h, int how)
{
    int local = h.number;
    h.pairs[1].right = spawn run(&local);
    if (how == 0)
        return 0;
    return sync(h.pairs[1].right);
}

/* A scalar one, over a local of the same block. */
static void scalar(flowvar(int) x)
{
    sync(x);
    int local = 1;
    x = spawn run(&local);
}

static struct pair through(const int number, struct pair p)
{
    int local = number;
    p.right = spawn run(&local);
    sync(p.right);
    return p;
}

static void qualified(const struct pair p)
{
    (void)p;
}

int main(void)
{
    int a = 0, b = 0;
    flowvar(int) x = spawn run(&a);
    flowvar(int) y = spawn run(&b);
    assert(given((struct pair){flowvar_move(x), flowvar_move(y)}, 0) == 0);
    assert(runs == 2 && a == 1 && b == 1);
    x = spawn run(&a);
    y = spawn run(&b);
    assert(given((struct pair){flowvar_move(x), flowvar_move(y)}, 1) == 1);
    assert(runs == 4 && a == 2 && b == 2);
    assert(spawned((struct holder){0}, 0) == 0);
    assert(runs == 5);
    assert(spawned((struct holder){0}, 1) == 6);
    scalar(spawn run(&a));
    assert(runs == 8);
    x = spawn run(&a);
    struct pair p = through(1, (struct pair){flowvar_move(x), 0});
    assert(is_spawned(p.left) && !is_spawned(p.right));
    sync(p.left);
    assert(runs == 10);
    x = spawn run(&a);
    qualified((struct pair){flowvar_move(x), 0});
    assert(runs == 11);
    return 0;
}
