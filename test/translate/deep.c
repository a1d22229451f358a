// Clones that call each other and plain functions, with results of structs; several levels.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

struct range {
    long sum;
    int count;
};

static int plain(int i)
{
    return i;
}

static struct range leaf(int from, int to)
{
    struct range r = {0, 0};
    for (int i = from; i < to; i++) {
        r.sum += plain(i);
        r.count++;
    }
    return r;
}

static struct range split(int from, int to)
{
    if (to - from < 4)
        return leaf(from, to);
    int middle = from + (to - from) / 2;
    flowvar(struct range) left = spawn split(from, middle);
    struct range right = split(middle, to), whole = sync(left);
    whole.sum += right.sum;
    whole.count += right.count;
    return whole;
}

static struct range twice(int to)
{
    flowvar(struct range) a = spawn split(0, to);
    flowvar(struct range) b = spawn split(0, to);
    struct range x = sync(a), y = sync(b);
    return (struct range){x.sum + y.sum, x.count + y.count};
}

int main(void)
{
    struct range r = twice(1000);
    assert(r.sum == 999000 && r.count == 2000);
    return 0;
}
