/*
 * Unbounded, intrusive, many producers and one consumer: the item carries the link, so a send
 * allocates nothing. Relies on wait.h.
 *
 * A chain of items. `tail` is the address of the link at which the next item will be hung: that of
 * the newest item, or `first` when all were taken. A producer moves `tail` to its own link by one
 * compare-and-swap and then hangs its item up at the old place; a batch goes the same way, in O(1).
 *
 *     front   the consumer's next item, if it has one; else it looks into `first`
 *     tail == &first, front and first NULL          empty
 *     link of x set                                  x is not the newest, and may be given away
 *     tail == &x.link                                x is the newest: before it is given away,
 *                                                    tail goes back to `first`
 *     neither                                        a producer is between its two steps
 *
 * In the last case x itself is held back, since that producer will still write into its link. So
 * the progress is: producers lock-free up to the hang-up; the consumer never waits, but a producer
 * that is preempted between its two steps hides its item, those behind it and the one ahead of it.
 * An item's link is the channel's from send to receive. Bit 0 of `tail`: closed.
 * Model: test/channel/models/intrusive.pml.
 *
 * Rejected: a stack that the consumer takes whole and turns round. Lock-free through and through,
 * but turning writes every link anew: 60 to 90 ns an item where this and liburcu's wfcqueue,
 * which is built alike, have 20.
 */
#ifndef TINE_CHANNEL_INTRUSIVE_H
#define TINE_CHANNEL_INTRUSIVE_H

#include <tine/channel/wait.h>

#define TINE__CH_TAIL_SHUT ((uintptr_t)1)

/* A link in an item: some pointer type of the user's, so this one may alias it. */
typedef void *tine__ch_link __attribute__((__may_alias__));

/* Where the next item will be hung, and how many were sent. On x86-64 (processors since 2006) both are
 * changed by one locked instruction: with an addition behind the claim a send took 5 ns more, of 12. */
#if defined(__x86_64__) && defined(__LP64__) && !TINE__CH_TSAN
#define TINE__CH_CLAIM_WIDE 1
#else
#define TINE__CH_CLAIM_WIDE 0
#endif
typedef struct tine__ch_chain_end {
    uintptr_t link;
    size_t sent; /* for peek alone */
} __attribute__((__aligned__(2 * sizeof(void *)))) tine__ch_chain_end;

typedef struct tine__ch_chain {
    tine__ch_hub hub;
    char apart_tail[TINE__CH_APART];
    tine__ch_chain_end tail; /* written by all */
    char apart_first[TINE__CH_APART];
    tine__ch_link first; /* written by the producer that meets an empty chain, and the consumer */
    void *front;         /* the consumer's own */
    size_t received;     /* the consumer's own; read by peek */
    tine__ch_gather gather;
    char apart_end[TINE__CH_APART];
} tine__ch_chain;

TINE__CH_HOT tine__ch_link *tine__ch_link_of(void *item, size_t link)
{
    return (tine__ch_link *)(void *)((char *)item + link);
}

/* Moves the end to `link`, which is `n` items on, if it is as it was *seen; else sees it anew. ACQ_REL, as said
 * where it is called. */
TINE__CH_HOT bool tine__ch_chain_claim(tine__ch_chain_end *end, tine__ch_chain_end *seen,
                                       uintptr_t link, size_t n)
{
#if TINE__CH_CLAIM_WIDE
    /* Not "b", nor a memory operand: where clang has made RBX its base pointer (arrays of variable
     * length, over-aligned variables) it would not give it back. */
    bool done;
    size_t sent = seen->sent + n;
    __asm__ __volatile__("xchgq %%rbx, %[link]\n\t"
                         "lock cmpxchg16b (%[end])\n\t"
                         "xchgq %%rbx, %[link]"
                         : "=@ccz"(done), "+a"(seen->link), "+d"(seen->sent), [link] "+S"(link)
                         : [end] "D"(end), "c"(sent)
                         : "memory");
    return done;
#else
    if (!__atomic_compare_exchange_n(&end->link, &seen->link, link, false, __ATOMIC_ACQ_REL,
                                     __ATOMIC_RELAXED))
        return false;
    __atomic_fetch_add(&end->sent, n, __ATOMIC_RELAXED); /* counts only: tine__ch_chain_peek */
    return true;
#endif
}

/* Hangs up the chain first..last, linked from oldest to newest, of n items. */
TINE__CH_HOT tine__ch_result tine__ch_chain_push(tine__ch_chain *c, size_t link, void *first,
                                                 void *last, size_t n)
{
    unsigned step = 0;
    tine__ch_chain_end seen;
    /* RELAXED: a claim verifies them. */
    seen.link = TINE__CH_LOAD(&c->tail.link, RELAXED);
    seen.sent = TINE__CH_LOAD(&c->tail.sent, RELAXED);
    /* RELAXED: published by the claim. */
    TINE__CH_STORE(tine__ch_link_of(last, link), NULL, RELAXED);
    for (;;) {
        if (seen.link & TINE__CH_TAIL_SHUT)
            return TINE__CH_SHUT;
        /* ACQ_REL, partner: this line of the producer before, whose NULL in its link must not come
         * after what is hung up there below; and tine__ch_chain_detach. */
        if (TINE__CH_LIKELY(tine__ch_chain_claim(&c->tail, &seen,
                                                 (uintptr_t)tine__ch_link_of(last, link), n)))
            break;
        step = tine__ch_lost_race(step);
        seen.link = TINE__CH_LOAD(&c->tail.link, RELAXED);
        seen.sent = TINE__CH_LOAD(&c->tail.sent, RELAXED);
    }
    /* RELEASE, partner: tine__ch_chain_next, tine__ch_chain_look: the items are there. */
    TINE__CH_STORE((tine__ch_link *)seen.link, first, RELEASE);
    tine__ch_changed(&c->hub, TINE__CH_RECEIVERS, n);
    return TINE__CH_OK;
}

/* Consumer: is there a front item? */
TINE__CH_HOT bool tine__ch_chain_look(tine__ch_chain *c)
{
    if (!c->front)
        c->front = TINE__CH_LOAD(&c->first, ACQUIRE); /* partner: tine__ch_chain_push */
    return c->front != NULL;
}

TINE__CH_HOT void *tine__ch_chain_next(void *item, size_t link)
{
    return TINE__CH_LOAD(tine__ch_link_of(item, link), ACQUIRE); /* partner: tine__ch_chain_push */
}

/* Consumer, with an item that has no next one: makes it the channel's no longer, if it is the
 * newest. False: a producer is about to hang its item up there. */
TINE__CH_HOT bool tine__ch_chain_detach(tine__ch_chain *c, void *item, size_t link)
{
    const uintptr_t newest = (uintptr_t)tine__ch_link_of(item, link);
    /* RELAXED twice: the claim verifies `tail`; nobody looks at `first` but through `tail`. */
    uintptr_t tail = TINE__CH_LOAD(&c->tail.link, RELAXED);
    TINE__CH_STORE(&c->first, NULL, RELAXED);
    while ((tail & ~TINE__CH_TAIL_SHUT) == newest) { /* again if only the shut bit has come */
        uintptr_t empty = (uintptr_t)&c->first | (tail & TINE__CH_TAIL_SHUT);
        /* ACQ_REL, partner: tine__ch_chain_push: the NULL comes before what is hung up at `first`;
         * and what a producer wrote into the item's link is over. */
        if (__atomic_compare_exchange_n(&c->tail.link, &tail, empty, false, __ATOMIC_ACQ_REL,
                                        __ATOMIC_RELAXED))
            return true;
    }
    return false;
}

/* Consumer, at the end of what it knows to be there. */
TINE__CH_HOT void tine__ch_chain_gather(tine__ch_chain *c)
{
    if (tine__ch_may_gather(&c->gather, c->received))
        tine__ch_let_gather(&c->gather, c->received, TINE__CH_GATHER_PAUSES);
}

TINE__CH_HOT tine__ch_result tine__ch_chain_pop(tine__ch_chain *c, size_t link, void **item)
{
    if (!tine__ch_chain_look(c)) {
        tine__ch_chain_gather(c);
        if (!tine__ch_chain_look(c))
            return TINE__CH_AGAIN;
    }
    void *next = tine__ch_chain_next(c->front, link);
    if (TINE__CH_UNLIKELY(!next)) {
        tine__ch_chain_gather(c);
        next = tine__ch_chain_next(c->front, link);
    }
    if (!next && !tine__ch_chain_detach(c, c->front, link)) {
        next = tine__ch_chain_next(c->front, link);
        if (!next)
            return TINE__CH_AGAIN;
    }
    *item = c->front;
    c->front = next;
    TINE__CH_STORE(&c->received, c->received + 1, RELAXED); /* counts only: peek */
    return TINE__CH_OK;
}

/* All that is there, but what comes while it looks. 0: nothing, *first and *last untouched. */
TINE__CH_API size_t tine__ch_chain_pop_all(tine__ch_chain *c, size_t link, void **first,
                                           void **last)
{
    if (!tine__ch_chain_look(c))
        return 0;
    /* RELAXED: only says where to stop. */
    uintptr_t stop = TINE__CH_LOAD(&c->tail.link, RELAXED) & ~TINE__CH_TAIL_SHUT;
    void *item = c->front, *before = NULL, *next;
    size_t n = 1;
    while ((next = tine__ch_chain_next(item, link)) != NULL &&
           (uintptr_t)tine__ch_link_of(item, link) != stop) {
        before = item;
        item = next;
        n++;
    }
    if (!next && !tine__ch_chain_detach(c, item, link)) {
        next = tine__ch_chain_next(item, link);
        if (!next) { /* it must stay: see above */
            if (!before)
                return 0;
            next = item;
            item = before;
            n--;
        }
    }
    *first = c->front;
    *last = item;
    c->front = next;
    TINE__CH_STORE(&c->received, c->received + n, RELAXED); /* counts only: peek */
    return n;
}

TINE__CH_HOT tine__ch_result tine__ch_chain_take(tine__ch_chain *c, size_t link, void **item)
{
    tine__ch_result result = tine__ch_chain_pop(c, link, item);
    if (result != TINE__CH_AGAIN || !tine__ch_hub_closed(&c->hub))
        return result;
    /* `tail` has its shut bit, which the hub's mode has published: no more claims. */
    result = tine__ch_chain_pop(c, link, item);
    if (result != TINE__CH_AGAIN)
        return result;
    uintptr_t tail = TINE__CH_LOAD(&c->tail.link, RELAXED) & ~TINE__CH_TAIL_SHUT;
    return tail == (uintptr_t)&c->first ? TINE__CH_SHUT : TINE__CH_AGAIN;
}

TINE__CH_HOT tine__ch_result tine__ch_chain_probe(const tine__ch_chain *c)
{
    /* RELAXED: a hint to the consumer itself. */
    return c->front || TINE__CH_LOAD(&c->first, RELAXED) ? TINE__CH_OK : TINE__CH_AGAIN;
}

TINE__CH_HOT size_t tine__ch_chain_peek(const tine__ch_chain *c)
{
    /* RELAXED: an estimate. Both may have run over; an item may be received before it counts. */
    size_t received = TINE__CH_LOAD(&c->received, RELAXED);
    size_t n = TINE__CH_LOAD(&c->tail.sent, RELAXED) - received;
    return n <= (size_t)PTRDIFF_MAX ? n : 0;
}

/* Debug builds: is the batch as long as its sender says? */
TINE__CH_HOT void tine__ch_chain_check(tine__ch_chain *c, size_t link, void *first, void *last,
                                       size_t count)
{
    (void)c, (void)link, (void)first, (void)last, (void)count;
#if TINE_CHANNEL_DEBUG
    size_t n = 1;
    while (first != last && n < count) {
        first = *tine__ch_link_of(first, link);
        n++;
    }
    if (first != last || n != count)
        tine__ch_die(c->hub.label, "batch of another length than its count");
#endif
}

TINE__CH_COLD int tine__ch_chain_init(tine__ch_chain *c, const char *name,
                                      const tine_channel_options *o)
{
    memset(c, 0, sizeof *c);
    if (o && (o->overwrite || o->memory))
        return EINVAL; /* for rings only */
    if ((uintptr_t)&c->tail % sizeof c->tail != 0)
        return EINVAL;
    c->tail.link = (uintptr_t)&c->first;
    c->tail.sent = c->received = (size_t)TINE__CH_FIRST_LAP;
    tine__ch_hub_init(&c->hub, name, o);
    return 0;
}

TINE__CH_COLD void tine__ch_chain_close(tine__ch_chain *c)
{
    /* RELAXED: the hub's mode publishes it. Partners: the claims in push and detach. */
    __atomic_fetch_or(&c->tail.link, TINE__CH_TAIL_SHUT, __ATOMIC_RELAXED);
    tine__ch_hub_close(&c->hub);
}

TINE__CH_COLD void tine__ch_chain_destroy(tine__ch_chain *c, size_t link)
{
    void *item;
    if (!tine__ch_hub_ending(&c->hub)) return;
    while (c->hub.drop && tine__ch_chain_pop(c, link, &item) == TINE__CH_OK)
        c->hub.drop(item, c->hub.drop_arg);
    tine__ch_hub_destroy(&c->hub);
}

#endif
