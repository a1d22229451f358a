// A local handle that is assigned something else than a spawn waits for its old task: after the right side, before the store.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <stddef.h>
#include <tine.h>

#define NOTHING 0

typedef flowvar(int) handle;

struct pair {
    handle left, right;
};

static int runs;

static int run(int *p)
{
    __atomic_fetch_add(p, 1, __ATOMIC_RELAXED);
    return __atomic_add_fetch(&runs, 1, __ATOMIC_RELAXED);
}

static int add(int a, int b) { return a + b; }
static handle start(int *p) { return spawn run(p); }
static handle through(handle x) { return x; }

static struct pair both(int *p, int *q)
{
    struct pair made = {start(p), start(q)};
    return made;
}

/* What the old task has done right behind an assignment. */
static int by_call(int *p, int *q)
{
    handle x = spawn run(p);
    x = start(q);
    int seen = *p;
    sync(x);
    return seen;
}

static int by_move(int *p, int *q)
{
    handle x = spawn run(p), y = start(q);
    x = flowvar_move(y);
    int seen = *p;
    sync(x);
    return seen;
}

static int by_condition(int *p, int *q, int which)
{
    handle x = spawn run(p);
    x = which ? start(q) : spawn run(q);
    int seen = *p;
    sync(x);
    return seen;
}

static int by_nothing(int *p)
{
    handle x = spawn run(p), y = spawn run(p + 1), z = spawn run(p + 2), w = spawn run(p + 3);
    x = 0;
    y = NOTHING;
    z = (handle){0};
    w = NULL;
    assert(!is_spawned(x) && !is_spawned(y) && !is_spawned(z) && !is_spawned(w));
    return p[0] + p[1] + p[2] + p[3];
}

static int in_a_loop(int *p, int n)
{
    handle x;
    for (int i = 0; i < n; i++)
        x = start(p);
    int seen = __atomic_load_n(p, __ATOMIC_RELAXED) >= n - 1;
    sync(x);
    return seen;
}

/* What the right side does to the old handle comes first. */
static int right_side_first(int *p)
{
    handle x = spawn run(p);
    x = through(flowvar_move(x));
    x = spawn add(sync(x) > 0, 2);
    x = through(spawn add(sync(x), 3));
    x = flowvar_move(x);
    return sync(x);
}

static int parts(int *p, int *q)
{
    handle v[3] = {spawn run(p), spawn run(q)};
    struct pair s = {0, 0};
    int i = 0;
    s.left = spawn run(p + 1);
    v[i++] = start(p + 2);
    assert(i == 1 && *p == 1);
    v[i] = 0;
    (s.left) = (flowvar_move(v[0]));
    assert(*q == 1 && p[1] == 1);
    return is_spawned(s.left) ? sync(s.left) : 0;
}

static int parameter(handle x, int *p, int *q)
{
    x = start(q);
    int seen = *p;
    sync(x);
    return seen;
}

static int whole(int *p)
{
    struct pair s = both(p, p + 1), t = both(p + 2, p + 3);
    sync(s.left);
    s = both(p + 4, p + 5);
    assert(p[1] == 1);
    t = (struct pair){0, 0};
    return p[2] + p[3] + sync(s.left) * 0 + sync(s.right) * 0;
}

/* Memory of a block that is left. */
static int of_a_block(int *p)
{
    handle x;
    {
        int local = 1;
        x = spawn run(&local);
        x = start(p);
        assert(local == 2);
    }
    return sync(x);
}

int main(void)
{
    int a[8] = {0};
    assert(by_call(&a[0], &a[1]) == 1 && runs == 2);
    a[0] = a[1] = 0;
    assert(by_move(&a[0], &a[1]) == 1);
    for (int which = 0; which < 2; which++) {
        a[0] = a[1] = 0;
        assert(by_condition(&a[0], &a[1], which) == 1);
    }
    a[0] = a[1] = 0;
    assert(by_nothing(a) == 4);
    a[0] = 0;
    assert(in_a_loop(a, 5) && a[0] == 5);
    assert(right_side_first(a) == 6);
    int b[3] = {0}, c = 0;
    assert(parts(b, &c) > 0 && b[2] == 1);
    a[0] = a[1] = 0;
    assert(parameter(spawn run(&a[0]), &a[0], &a[1]) == 1);
    int d[6] = {0};
    assert(whole(d) == 2 && d[4] == 1 && d[5] == 1);
    assert(of_a_block(a) > 0);
    return 0;
}
