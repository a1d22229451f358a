/*
 * Channel calls in functions whose frames claim registers of their own: a variable-length array beside an
 * over-aligned variable makes clang address its frame by RBX, an array alone under AddressSanitizer.
 */
#include <stdio.h>
#include <tine/channel.h>

struct node {
    struct node *next;
    int value;
};
TINE_CHANNEL_MPSC_INTRUSIVE(queue, struct node, next)
TINE_CHANNEL_MPMC(ring, int)
TINE_CHANNEL_MPSC_LIST(list, int)

static void __attribute__((__noinline__)) use(void *p)
{
    *(volatile char *)p = 0;
}

static int __attribute__((__noinline__)) run(int n)
{
    _Alignas(64) char wide[256];
    char array[n];
    struct node nodes[8], *node;
    queue q;
    ring r;
    list l;
    int sum = 0, item;
    use(wide);
    use(array);
    if (queue_init(&q) || ring_init(&r, 8) || list_init(&l)) return -1;
    for (int i = 0; i < 8; i++) {
        nodes[i].value = i;
        array[i % n] = wide[i] = (char)i;
        if (!queue_try_send(&q, &nodes[i]) || !ring_try_send(&r, i) || !list_try_send(&l, i)) return -2;
    }
    while (queue_try_recv(&q, &node) && ring_try_recv(&r, &item)) sum = 8 * sum + node->value + item;
    while (list_try_recv(&l, &item)) sum += item;
    for (int i = 0; i < 8; i++)
        if (wide[i] != i) return -3;
    queue_destroy(&q);
    ring_destroy(&r);
    list_destroy(&l);
    return sum;
}

int main(int argc, char **argv)
{
    int expected = 0, sum = run(argc + 30);
    (void)argv;
    for (int i = 0; i < 8; i++) expected = 8 * expected + 2 * i;
    if (sum != expected + 28) {
        printf("%d, expected %d\n", sum, expected + 28);
        return 1;
    }
    return 0;
}
