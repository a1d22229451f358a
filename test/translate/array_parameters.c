// A parameter declared as an array of handles is a pointer: nothing is read there before it is written,
// nothing is waited for when the function ends, and nothing is claimed about it.
// RUN: %translate %s %t.o2.c -Werror=tine -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <tine.h>

typedef flowvar(int) handle;
typedef handle four[4];
struct two {
    handle left, right;
};

static int id(int n)
{
    return n;
}

static void fixed(handle v[4])
{
    for (int i = 0; i < 4; i++)
        v[i] = spawn id(i);
}

static void open(flowvar(int) v[], int n)
{
    while (n-- > 0)
        *v++ = spawn id(n);
}

static void sized(int n, handle v[static n])
{
    for (int i = 0; i < n; i++)
        v[i] = spawn id(i);
}

static void named(four v)
{
    sized(2, v);
    sized(2, v + 2);
}

static void rows(int n, handle v[const restrict n][2])
{
    for (int i = 0; i < n; i++)
        v[i][1] = spawn id(i);
}

static void pairs(struct two v[2])
{
    v[1].left = spawn id(1);
    v->right = spawn id(2);
}

static int sum(int n, handle v[n])
{
    handle *end = v + n;
    int total = 0;
    for (; v != end; v++)
        total += sync(*v);
    return total;
}

int main(void)
{
    handle *heap = malloc(4 * sizeof *heap);
    assert(heap != NULL);
    memset(heap, 0x5a, 4 * sizeof *heap); /* no handles yet */
    fixed(heap);
    assert(sum(4, heap) == 6);
    memset(heap, 0x5a, 4 * sizeof *heap);
    open(heap, 4);
    assert(sum(4, heap) == 6);
    memset(heap, 0x5a, 4 * sizeof *heap);
    named(heap);
    assert(sum(4, heap) == 2);
    memset(heap, 0x5a, 4 * sizeof *heap);
    rows(2, (handle(*)[2])heap);
    assert(sync(heap[1]) == 0);
    assert(sync(heap[3]) == 1);
    memset(heap, 0x5a, 4 * sizeof *heap);
    pairs((struct two *)heap);
    assert(sync(heap[2]) == 1);
    assert(sync(heap[1]) == 2);
    free(heap);
    return 0;
}
