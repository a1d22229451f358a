// Assignment of spawn to every kind of lvalue.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

#include <stdlib.h>

struct node {
    flowvar(int) value;
    struct node *next;
    flowvar(int) more[2];
};

static int id(int i)
{
    return i;
}

static flowvar(int) global;
static flowvar(int) globals[3];

int main(void)
{
    static flowvar(int) lasting;
    struct node n = {0}, *heap = calloc(1, sizeof *heap);
    flowvar(int) list[3], *p = list, *q = calloc(2, sizeof *q);
    *p++ = spawn id(1);
    *p++ = spawn id(2);
    (list[2]) = spawn id(3);
    n.value = spawn id(4);
    n.more[1] = spawn id(5);
    n.next = &n;
    n.next->more[0] = spawn id(6);
    heap->value = spawn id(7);
    q[1] = spawn id(8);
    global = spawn id(9);
    globals[2] = spawn id(10);
    lasting = spawn id(11);
    assert(p == list + 2);
    assert(sync(list[0]) + sync(list[1]) + sync(list[2]) == 6);
    assert(sync(n.value) + sync(n.more[0]) + sync(n.more[1]) == 15);
    assert(sync(heap->value) + sync(q[1]) + sync(global) + sync(globals[2]) + sync(lasting) == 45);
    free(heap);
    free(q);
    return 0;
}
