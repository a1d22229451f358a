/*
 * Unbounded, intrusive, many producers and one consumer: the item carries the link, so a send
 * allocates nothing. Relies on wait.h.
 *
 * Producers push onto a stack with one compare-and-swap; the consumer takes the whole stack with
 * one read-modify-write and turns it round into its private `front` list, oldest first. So
 *     order of receiving = front list, then the stack from bottom to top.
 * The link of an item is touched only by who owns the item: its sender until the push, the consumer
 * after the take. It needs not be atomic.
 *
 * Why not an exchanged tail with links added later (Vyukov, liburcu's wfcqueue): there a producer
 * that is preempted between the two hides the items behind it, and the consumer must touch a shared
 * line per item. Here a send is lock-free, a receive wait-free but for the take, which is
 * lock-free. The price: the receive that takes walks over all that was sent since the last take.
 *
 * `top`: pointer to the newest item, bit 0 set once closed.
 * Model: test/channel/models/intrusive.pml.
 */
#ifndef TINE_CHANNEL_INTRUSIVE_H
#define TINE_CHANNEL_INTRUSIVE_H

#include <tine/channel/wait.h>

#define TINE__CH_TOP_SHUT ((uintptr_t)1)

typedef struct tine__ch_stack {
    tine__ch_hub hub;
    char apart_top[TINE__CH_APART];
    uintptr_t top; /* written by all */
    size_t sent;   /* written by producers, behind the push, so that it never counts too many */
    char apart_front[TINE__CH_APART];
    void *front, *back; /* the consumer's own */
    size_t received;    /* the consumer's own; read by peek */
    char apart_end[TINE__CH_APART];
} tine__ch_stack;

/* The link of an item, whatever its type: by memcpy, so that no aliasing rule is bent. */
TINE__CH_HOT void *tine__ch_link_get(const void *item, size_t link)
{
    void *next;
    memcpy(&next, (const char *)item + link, sizeof next);
    return next;
}

TINE__CH_HOT void tine__ch_link_set(void *item, size_t link, void *next)
{
    memcpy((char *)item + link, &next, sizeof next);
}

/* Pushes a chain that is linked from newest to oldest. */
TINE__CH_HOT tine__ch_result tine__ch_stack_push(tine__ch_stack *c, size_t link, void *newest,
                                                 void *oldest, size_t n)
{
    unsigned step = 0;
    uintptr_t top = TINE__CH_LOAD(&c->top, RELAXED); /* a push verifies it */
    for (;;) {
        if (top & TINE__CH_TOP_SHUT) return TINE__CH_SHUT;
        tine__ch_link_set(oldest, link, (void *)top);
        /* RELEASE, partner: tine__ch_stack_collect. Later pushes are read-modify-writes and so keep
         * this one's release for the consumer that takes from a newer top. */
        if (TINE__CH_LIKELY(__atomic_compare_exchange_n(&c->top, &top, (uintptr_t)newest, false,
                                                        __ATOMIC_RELEASE, __ATOMIC_RELAXED)))
            break;
        tine__ch_backoff(&step);
        top = TINE__CH_LOAD(&c->top, RELAXED);
    }
    __atomic_fetch_add(&c->sent, n,
                       __ATOMIC_RELAXED); /* counts only; partner: tine__ch_stack_peek */
    tine__ch_changed(&c->hub, TINE__CH_RECEIVERS, n);
    return TINE__CH_OK;
}

/* Consumer: appends what was pushed to the front list. False if there was nothing. */
TINE__CH_HOT bool tine__ch_stack_collect(tine__ch_stack *c, size_t link)
{
    if ((TINE__CH_LOAD(&c->top, RELAXED) & ~TINE__CH_TOP_SHUT) == 0) return false; /* taken below */
    /* ACQUIRE, partner: tine__ch_stack_push. Keeps the shut bit. */
    uintptr_t top = __atomic_fetch_and(&c->top, TINE__CH_TOP_SHUT, __ATOMIC_ACQUIRE);
    void *newest = (void *)(top & ~TINE__CH_TOP_SHUT), *oldest = NULL;
    for (void *item = newest; item;) {
        void *next = tine__ch_link_get(item, link);
        tine__ch_link_set(item, link, oldest);
        oldest = item;
        item = next;
    }
    if (c->front) {
        tine__ch_link_set(c->back, link, oldest);
    } else {
        c->front = oldest;
    }
    c->back = newest;
    return true;
}

TINE__CH_HOT tine__ch_result tine__ch_stack_pop(tine__ch_stack *c, size_t link, void **item)
{
    if (!c->front && !tine__ch_stack_collect(c, link)) return TINE__CH_AGAIN;
    *item = c->front;
    c->front = tine__ch_link_get(c->front, link);
    TINE__CH_STORE(&c->received, c->received + 1, RELAXED); /* counts only: tine__ch_stack_peek */
    return TINE__CH_OK;
}

TINE__CH_HOT tine__ch_result tine__ch_stack_take(tine__ch_stack *c, size_t link, void **item)
{
    tine__ch_result result = tine__ch_stack_pop(c, link, item);
    if (result != TINE__CH_AGAIN || !tine__ch_hub_closed(&c->hub)) return result;
    /* No push succeeds after the shut bit, which the hub's mode has published. */
    result = tine__ch_stack_pop(c, link, item);
    return result == TINE__CH_AGAIN ? TINE__CH_SHUT : result;
}

TINE__CH_HOT tine__ch_result tine__ch_stack_probe(const tine__ch_stack *c)
{
    /* RELAXED: a hint to the consumer itself. */
    return c->front || (TINE__CH_LOAD(&c->top, RELAXED) & ~TINE__CH_TOP_SHUT) ? TINE__CH_OK
                                                                              : TINE__CH_AGAIN;
}

/* Turns a chain first..last (oldest first) round and pushes it. If the channel is closed the
 * caller has its chain back as it was. */
TINE__CH_API tine__ch_result tine__ch_stack_push_chain(tine__ch_stack *c, size_t link, void *first,
                                                       void *last, size_t count)
{
    void *chain = NULL, *item = first;
    size_t n = 0;
    for (;;) {
        void *next = tine__ch_link_get(item, link);
        tine__ch_link_set(item, link, chain);
        chain = item;
        n++;
        if (item == last) break;
        item = next;
    }
#if TINE_CHANNEL_DEBUG
    if (n != count) tine__ch_die(c->hub.label, "batch of another length than its count");
#endif
    (void)count;
    tine__ch_result result = tine__ch_stack_push(c, link, last, first, n);
    if (result != TINE__CH_OK) {
        void *next = NULL;
        for (item = last; item;) {
            void *older = item == first ? NULL : tine__ch_link_get(item, link);
            tine__ch_link_set(item, link, next);
            next = item;
            item = older;
        }
    }
    return result;
}

/* All that is there, oldest first. */
TINE__CH_API size_t tine__ch_stack_pop_all(tine__ch_stack *c, size_t link, void **first,
                                           void **last)
{
    size_t n = 0;
    tine__ch_stack_collect(c, link);
    if (!c->front) return 0;
    *first = c->front;
    *last = c->back;
    for (void *item = c->front; item; item = tine__ch_link_get(item, link)) n++;
    c->front = c->back = NULL;
    TINE__CH_STORE(&c->received, c->received + n, RELAXED); /* counts only: tine__ch_stack_peek */
    return n;
}

TINE__CH_HOT size_t tine__ch_stack_peek(const tine__ch_stack *c)
{
    /* RELAXED: an estimate. Both may have run over; an item may be received before it counts. */
    size_t received = TINE__CH_LOAD(&c->received, RELAXED);
    size_t n = TINE__CH_LOAD(&c->sent, RELAXED) - received;
    return n <= (size_t)PTRDIFF_MAX ? n : 0;
}

TINE__CH_COLD int tine__ch_stack_init(tine__ch_stack *c, const char *name,
                                      const tine_channel_options *o)
{
    memset(c, 0, sizeof *c);
    if (o && (o->overwrite || o->memory)) return EINVAL; /* for rings only */
    c->sent = c->received = (size_t)TINE__CH_FIRST_LAP;
    tine__ch_hub_init(&c->hub, name, o);
    return 0;
}

TINE__CH_COLD void tine__ch_stack_close(tine__ch_stack *c)
{
    /* RELAXED: the hub's mode publishes it. Partner: tine__ch_stack_push. */
    __atomic_fetch_or(&c->top, TINE__CH_TOP_SHUT, __ATOMIC_RELAXED);
    tine__ch_hub_close(&c->hub);
}

TINE__CH_COLD void tine__ch_stack_destroy(tine__ch_stack *c, size_t link)
{
    void *item;
    if (c->hub.alive != TINE__CH_ALIVE) {
        if (c->hub.alive == TINE__CH_DEAD) tine__ch_die(c->hub.label, "destroyed twice");
        return; /* init failed */
    }
    while (c->hub.drop && tine__ch_stack_pop(c, link, &item) == TINE__CH_OK)
        c->hub.drop(item, c->hub.drop_arg);
    tine__ch_hub_destroy(&c->hub);
}

#endif
