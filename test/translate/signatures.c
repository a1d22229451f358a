// Flowvars in parameters, arrays of them, function pointers, returned structs and unions.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

typedef flowvar(int) starter(int);
typedef int finisher(flowvar(int));
union slot {
    flowvar(int) handle;
    long number;
};

static int id(int i)
{
    return i;
}

static flowvar(int) start(int i)
{
    return spawn id(i);
}

static int finish(flowvar(int) x)
{
    return sync(x);
}

static int finish_all(int n, flowvar(int) v[])
{
    int sum = 0;
    for (int i = 0; i < n; i++)
        sum += sync(v[i]);
    return sum;
}

static int through(flowvar(int) *p)
{
    return sync(*p) + sync(p[1]);
}

int main(void)
{
    starter *s = start;
    finisher *f = finish;
    flowvar(int) v[3] = {start(1), start(2), s(3)};
    union slot u;
    assert(finish_all(3, v) == 6);
    v[0] = spawn id(4);
    v[1] = spawn id(5);
    assert(through(v) == 9);
    assert(f(start(6)) == 6);
    u.handle = spawn id(7);
    assert(sync(u.handle) == 7);
    flowvar(int) x = spawn finish(spawn id(8));
    assert(sync(x) == 8);
    return 0;
}
