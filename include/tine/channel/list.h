/*
 * Unbounded channels: a list of segments, for MPSC_LIST and MPMC_LIST. Relies on ring.h for the
 * shape of blocks, on wait.h for waiting.
 *
 * A segment holds NB blocks of K slots, laid out as in a ring. A position is, from bit 0:
 * [shut:1 | slot in block | block | segment number]; `end` is the index behind the last slot: a
 * tail (or head) that stands there says that the one thread that claimed the last slot is putting
 * the next segment in place. Positions run over at the end of their type; they are compared for
 * equality only.
 *
 * A tag goes free (0) -> full (1) once in a segment's life.
 *
 * Who may touch a segment:
 *   a producer   from its claim of slots there until it has stored their tags, never before: a
 *                claim that succeeds proves that `tail_segment` was the right one
 *   a consumer   one (MPSC): always. Many (MPMC): the tags at any time, the items after a claim.
 *                Since a late one may look at a tag of a segment that is out of use, an MPMC list
 *                keeps its segments, for its own use, until destroy; an MPSC list frees them.
 * A segment is out of use when all its items were copied out: its only consumer knows; of many,
 * each adds to `emptied`, and the last one sees it full.
 * Model: test/channel/models/list.pml.
 *
 * Progress: `blocking` (see ring.h), and a producer that finds `tail` at `end` spins and yields
 * until the next segment is in place: three stores, its memory comes before.
 */
#ifndef TINE_CHANNEL_LIST_H
#define TINE_CHANNEL_LIST_H

#include <tine/channel/ring.h>

typedef struct tine__ch_segment {
    struct tine__ch_segment *next; /* written by who claims the last slot, before that slot's tag */
    void *raw;                     /* what malloc gave */
    size_t emptied;                /* many consumers: items copied out */
    unsigned char *slots;
} tine__ch_segment;

/* Tail: written by producers. Head: written by consumers. Pool: under its lock. */
typedef struct tine__ch_list {
    tine__ch_hub hub;
    char apart_tail[TINE__CH_APART];
    tine__ch_position tail;
    tine__ch_segment *tail_segment;
    char apart_head[TINE__CH_APART];
    tine__ch_position head;
    tine__ch_segment *head_segment;
    tine__ch_gather gather; /* MPSC */
    char apart_pool[TINE__CH_APART];
    tine__ch_lock pool_lock;
    tine__ch_segment *pool;
    size_t pooled;
} tine__ch_list;

/* Segments that an MPSC list keeps for reuse. */
#define TINE__CH_POOL_MAX 4

TINE__CH_HOT size_t tine__ch_list_blocks(tine__ch_shape s)
{
    return s.stride >= 1024 ? 4 : s.stride >= 128 ? 8 : 32;
}

TINE__CH_HOT size_t tine__ch_list_slots(tine__ch_shape s)
{
    return tine__ch_list_blocks(s) * s.per_block;
}

/* From the number of a slot in its segment to its index bits, and back. */
TINE__CH_HOT tine__ch_position tine__ch_list_index(tine__ch_shape s, size_t slot)
{
    return (tine__ch_position)((slot / s.per_block) << s.bits | slot % s.per_block) << 1;
}

TINE__CH_HOT size_t tine__ch_list_slot_number(tine__ch_shape s, tine__ch_position index)
{
    size_t i = (size_t)(index >> 1);
    return (i >> s.bits) * s.per_block + (i & (((size_t)1 << s.bits) - 1));
}

/* The index behind the last slot, and the lowest bit of segment numbers. */
TINE__CH_HOT tine__ch_position tine__ch_list_end(tine__ch_shape s)
{
    return (tine__ch_position)(tine__ch_list_blocks(s) << s.bits) << 1;
}

TINE__CH_HOT tine__ch_position tine__ch_list_lap(tine__ch_shape s)
{
    return 2 * tine__ch_list_end(s); /* blocks are a power of two */
}

TINE__CH_HOT unsigned char *tine__ch_list_tag(const tine__ch_segment *g, tine__ch_shape s,
                                              size_t slot)
{
    return g->slots + slot / s.per_block * s.stride + slot % s.per_block;
}

TINE__CH_HOT unsigned char *tine__ch_list_item(const tine__ch_segment *g, tine__ch_shape s,
                                               size_t slot)
{
    return g->slots + slot / s.per_block * s.stride + s.items_at + slot % s.per_block * s.item;
}

TINE__CH_COLD tine__ch_segment *tine__ch_segment_new(tine__ch_list *l, tine__ch_shape s)
{
    tine__ch_segment *g = NULL;
    tine__ch_lock_acquire(&l->pool_lock);
    if (l->pool) {
        g = l->pool;
        l->pool = g->next;
        l->pooled--;
    }
    tine__ch_lock_release(&l->pool_lock);
    if (!g) {
        size_t header = tine__ch_round_up(sizeof *g, s.align);
        void *raw;
        g = (tine__ch_segment *)tine__ch_slots_new(header + tine__ch_list_blocks(s) * s.stride,
                                                   s.align, &raw);
        if (!g) return NULL;
        g->raw = raw;
        g->slots = (unsigned char *)g + header;
    }
    g->next = NULL;
    TINE__CH_STORE(&g->emptied, 0, RELAXED); /* published with the segment itself */
    /* RELAXED atomic stores: late consumers of an MPMC list may be looking (tine__ch_list_pop). */
    for (size_t i = 0; i < tine__ch_list_slots(s); i++)
        TINE__CH_STORE(tine__ch_list_tag(g, s, i), 0, RELAXED);
    return g;
}

TINE__CH_COLD void tine__ch_segment_retire(tine__ch_list *l, tine__ch_segment *g, bool many_out)
{
    tine__ch_lock_acquire(&l->pool_lock);
    bool keep = many_out || l->pooled < TINE__CH_POOL_MAX;
    if (keep) {
        g->next = l->pool;
        l->pool = g;
        l->pooled++;
    }
    tine__ch_lock_release(&l->pool_lock);
    if (!keep) free(g->raw);
}

TINE__CH_COLD void tine__ch_segment_chain_drop(tine__ch_list *l, tine__ch_segment *chain)
{
    while (chain) {
        tine__ch_segment *next = chain->next;
        tine__ch_segment_retire(l, chain, true);
        chain = next;
    }
}

/* A chain of `n` segments, or NULL. */
TINE__CH_COLD tine__ch_segment *tine__ch_segment_chain(tine__ch_list *l, tine__ch_shape s, size_t n)
{
    tine__ch_segment *chain = NULL;
    while (n-- > 0) {
        tine__ch_segment *g = tine__ch_segment_new(l, s);
        if (!g) {
            tine__ch_segment_chain_drop(l, chain);
            return NULL;
        }
        g->next = chain;
        chain = g;
    }
    return chain;
}

/* What a producer has claimed: `n` slots from `slot` of `segment` on. */
typedef struct tine__ch_claim {
    tine__ch_segment *segment;
    size_t slot;
} tine__ch_claim;

/*
 * The claim went over the end of the segment, so `tail` stands at `end` and is this thread's alone.
 * Puts `new_segments` of the chain in place and `tail` into the last of them. Returns the rest of
 * the chain, which an earlier attempt at another place may have wanted.
 */
TINE__CH_COLD tine__ch_segment *tine__ch_list_extend(tine__ch_list *l, tine__ch_shape s,
                                                     tine__ch_segment *from,
                                                     tine__ch_segment *chain, size_t new_segments,
                                                     size_t landing)
{
    tine__ch_segment *last = chain, *rest;
    for (size_t i = 1; i < new_segments; i++) last = last->next;
    rest = last->next;
    last->next = NULL;
    from->next = chain; /* published by the tag of the last slot of `from` (tine__ch_list_pop) */
    /* RELAXED: published by `tail` below. */
    TINE__CH_STORE(&l->tail_segment, last, RELAXED);
    /* RELEASE, partner: tine__ch_list_claim: who sees this position sees the segment. An addition,
     * to keep a shut bit that came meanwhile. */
    __atomic_fetch_add(&l->tail,
                       (tine__ch_position)new_segments * tine__ch_list_lap(s) +
                           tine__ch_list_index(s, landing) - tine__ch_list_end(s),
                       __ATOMIC_RELEASE);
    return rest;
}

/* Claims `n` slots in a row, in one piece. TINE__CH_OK, TINE__CH_SHUT or TINE__CH_NO_MEMORY. */
TINE__CH_HOT tine__ch_result tine__ch_list_claim(tine__ch_list *l, tine__ch_shape s, size_t n,
                                                 tine__ch_claim *claim)
{
    const size_t slots = tine__ch_list_slots(s);
    unsigned step = 0;
    tine__ch_segment *chain = NULL;
    size_t chained = 0;
    tine__ch_result result = TINE__CH_OK;
    for (;;) {
        /* ACQUIRE, partner: tine__ch_list_extend: the segment is at least that new. */
        tine__ch_position t = TINE__CH_LOAD(&l->tail, ACQUIRE);
        if (t & TINE__CH_SHUT_BIT) {
            result = TINE__CH_SHUT;
            break;
        }
        tine__ch_position index = t & (tine__ch_list_lap(s) - 1);
        if (TINE__CH_UNLIKELY(index == tine__ch_list_end(s))) {
            tine__ch_backoff(&step);
            if (step == TINE__CH_BACKOFF_MAX) sched_yield(); /* it was preempted just there */
            continue;
        }
        size_t slot = tine__ch_list_slot_number(s, index);
        size_t over = (slot + n) / slots; /* new segments that the claim needs */
        if (TINE__CH_UNLIKELY(over > chained)) {
            tine__ch_segment_chain_drop(l, chain);
            chain = tine__ch_segment_chain(l, s, over);
            if (!chain) {
                result = TINE__CH_NO_MEMORY;
                break;
            }
            chained = over;
            continue; /* that took time: look again */
        }
        tine__ch_position to =
            t - index + (over ? tine__ch_list_end(s) : tine__ch_list_index(s, slot + n));
        claim->segment = TINE__CH_LOAD(&l->tail_segment, RELAXED); /* the claim verifies it */
        claim->slot = slot;
        /* RELAXED: a claim only; `t` was read with ACQUIRE. Partner: this line, tine__ch_list_close
         */
        if (TINE__CH_LIKELY(__atomic_compare_exchange_n(&l->tail, &t, to, false, __ATOMIC_RELAXED,
                                                        __ATOMIC_RELAXED))) {
            if (over)
                chain = tine__ch_list_extend(l, s, claim->segment, chain, over, (slot + n) % slots);
            break;
        }
        step = tine__ch_lost_race(step);
    }
    if (TINE__CH_UNLIKELY(chain != NULL)) /* another producer extended the list first */
        tine__ch_segment_chain_drop(l, chain);
    return result;
}

/* Moves one item into a claimed slot and steps on. */
TINE__CH_HOT void tine__ch_list_fill(tine__ch_claim *claim, tine__ch_shape s, const void *item)
{
    tine__ch_segment *g = claim->segment;
    size_t slot = claim->slot;
    if (++claim->slot == tine__ch_list_slots(s)) {
        claim->segment = g->next; /* read now: with its last tag the segment is gone */
        claim->slot = 0;
    }
    memcpy(tine__ch_list_item(g, s, slot), item, s.item);
    /* RELEASE, partner: tine__ch_list_pop. */
    TINE__CH_STORE(tine__ch_list_tag(g, s, slot), 1, RELEASE);
}

TINE__CH_HOT tine__ch_result tine__ch_list_push_n(tine__ch_list *l, tine__ch_shape s,
                                                  const void *items, size_t n)
{
    tine__ch_claim claim;
    tine__ch_result result = tine__ch_list_claim(l, s, n, &claim);
    if (result != TINE__CH_OK) return result;
    for (size_t i = 0; i < n; i++)
        tine__ch_list_fill(&claim, s, (const unsigned char *)items + i * s.item);
    tine__ch_changed(&l->hub, TINE__CH_RECEIVERS, n);
    return TINE__CH_OK;
}

/* The consumer of the last slot of `g` puts the head into the next segment. */
TINE__CH_COLD void tine__ch_list_step(tine__ch_list *l, tine__ch_shape s, tine__ch_segment *g,
                                      tine__ch_position h, bool many)
{
    tine__ch_position segment_start = h & ~(tine__ch_list_lap(s) - 1);
    /* RELEASE twice, partner: tine__ch_list_pop_n of other consumers. */
    TINE__CH_STORE(&l->head_segment, g->next, RELEASE);
    TINE__CH_STORE(&l->head, segment_start + tine__ch_list_lap(s), RELEASE);
    /* Others found the head at `end`, and may sleep although there is more. */
    if (many) tine__ch_changed(&l->hub, TINE__CH_RECEIVERS, 1);
}

/* Moves out up to `n` items, all from one segment, in one claim; *done is how many. */
TINE__CH_HOT tine__ch_result tine__ch_list_pop_n(tine__ch_list *l, tine__ch_shape s, void *items,
                                                 size_t n, size_t *done, bool many)
{
    const size_t slots = tine__ch_list_slots(s);
    unsigned step = 0;
    *done = 0;
    for (;;) {
        /* ACQUIRE twice, partner: tine__ch_list_step. A segment that is newer than `h`: the claim
         * fails. */
        tine__ch_position h = TINE__CH_LOAD(&l->head, ACQUIRE);
        tine__ch_segment *g = TINE__CH_LOAD(&l->head_segment, ACQUIRE);
        tine__ch_position index = h & (tine__ch_list_lap(s) - 1);
        if (many && TINE__CH_UNLIKELY(index == tine__ch_list_end(s))) return TINE__CH_AGAIN;
        size_t slot = tine__ch_list_slot_number(s, index), k = 0;
        /* ACQUIRE, partner: tine__ch_list_fill: the item is there. */
        while (k < n && slot + k < slots &&
               TINE__CH_LOAD(tine__ch_list_tag(g, s, slot + k), ACQUIRE))
            k++;
        if (k == 0) {
            if (!many || TINE__CH_LOAD(&l->head, RELAXED) == h) return TINE__CH_AGAIN;
            step = tine__ch_lost_race(step);
            continue;
        }
        tine__ch_position to =
            h - index +
            (slot + k == slots ? tine__ch_list_end(s) : tine__ch_list_index(s, slot + k));
        /* RELAXED: a claim only, of items seen by ACQUIRE. Partner: this line. */
        if (many && !__atomic_compare_exchange_n(&l->head, &h, to, false, __ATOMIC_RELAXED,
                                                 __ATOMIC_RELAXED)) {
            step = tine__ch_lost_race(step);
            continue;
        }
        for (size_t i = 0; i < k; i++)
            memcpy((unsigned char *)items + i * s.item, tine__ch_list_item(g, s, slot + i), s.item);
        *done = k;
        if (TINE__CH_UNLIKELY(slot + k == slots)) {
            tine__ch_list_step(l, s, g, h, many);
        } else if (!many) {
            TINE__CH_STORE(&l->head, to, RELAXED); /* the consumer's own; others only count */
        }
        /* ACQ_REL: the last consumer here has the others' copies behind it, so that the segment
         * can be filled anew (partner: this line). */
        if (many ? __atomic_add_fetch(&g->emptied, k, __ATOMIC_ACQ_REL) == slots
                 : slot + k == slots)
            tine__ch_segment_retire(l, g, many);
        return TINE__CH_OK;
    }
}

TINE__CH_HOT tine__ch_result tine__ch_list_pop(tine__ch_list *l, tine__ch_shape s, void *item,
                                               bool many)
{
    size_t done;
    return tine__ch_list_pop_n(l, s, item, 1, &done, many);
}

/* By the only consumer. RELAXED: its own. */
TINE__CH_HOT size_t tine__ch_list_taken(const tine__ch_list *l)
{
    return (size_t)(TINE__CH_LOAD(&l->head, RELAXED) >> 1);
}

/* TINE__CH_SHUT when closed and nothing is left or on its way. */
TINE__CH_HOT tine__ch_result tine__ch_list_take(tine__ch_list *l, tine__ch_shape s, void *item,
                                                bool many)
{
    tine__ch_result result = tine__ch_list_pop(l, s, item, many);
    if (result != TINE__CH_AGAIN || !tine__ch_hub_closed(&l->hub)) return result;
    result = tine__ch_list_pop(l, s, item, many); /* what was sent before the close is seen now */
    if (result != TINE__CH_AGAIN) return result;
    tine__ch_position tail = TINE__CH_LOAD(&l->tail, RELAXED) & ~TINE__CH_SHUT_BIT;
    return TINE__CH_LOAD(&l->head, RELAXED) == tail ? TINE__CH_SHUT : TINE__CH_AGAIN;
}

TINE__CH_HOT tine__ch_result tine__ch_list_probe(const tine__ch_list *l, tine__ch_shape s)
{
    /* As in tine__ch_list_pop_n. */
    tine__ch_position index = TINE__CH_LOAD(&l->head, ACQUIRE) & (tine__ch_list_lap(s) - 1);
    const tine__ch_segment *g = TINE__CH_LOAD(&l->head_segment, ACQUIRE);
    if (index == tine__ch_list_end(s)) return TINE__CH_AGAIN;
    const unsigned char *tag = tine__ch_list_tag(g, s, tine__ch_list_slot_number(s, index));
    return TINE__CH_LOAD(tag, ACQUIRE) ? TINE__CH_OK : TINE__CH_AGAIN;
}

TINE__CH_HOT size_t tine__ch_list_peek(const tine__ch_list *l, tine__ch_shape s)
{
    /* RELAXED: an estimate; a side that calls it has its own counter exactly. */
    tine__ch_position head = TINE__CH_LOAD(&l->head, RELAXED);
    tine__ch_position tail = TINE__CH_LOAD(&l->tail, RELAXED) & ~TINE__CH_SHUT_BIT;
    tine__ch_position lap = tine__ch_list_lap(s);
    tine__ch_position segments =
        (tine__ch_position)((tail & ~(lap - 1)) - (head & ~(lap - 1))) / lap;
    size_t ahead = tine__ch_list_slot_number(s, tail & (lap - 1));
    size_t behind = tine__ch_list_slot_number(s, head & (lap - 1));
    if (segments > (tine__ch_position)-1 / lap / 2) return 0; /* head had overtaken meanwhile */
    size_t n = (size_t)segments * tine__ch_list_slots(s) + ahead;
    return n > behind ? n - behind : 0;
}

TINE__CH_COLD int tine__ch_list_init(tine__ch_list *l, tine__ch_shape s, const char *name,
                                     const tine_channel_options *o)
{
    memset(l, 0, sizeof *l);
    if (o && (o->overwrite || o->memory)) return EINVAL; /* for rings only */
    tine__ch_lock_init(&l->pool_lock);
    l->head_segment = l->tail_segment = tine__ch_segment_new(l, s);
    if (!l->head_segment) {
        tine__ch_lock_destroy(&l->pool_lock);
        return ENOMEM;
    }
    l->tail = l->head = (tine__ch_position)TINE__CH_FIRST_LAP * tine__ch_list_lap(s);
    tine__ch_hub_init(&l->hub, name, o);
    return 0;
}

TINE__CH_COLD void tine__ch_list_close(tine__ch_list *l)
{
    /* RELAXED, partner: the claim in tine__ch_list_claim. */
    __atomic_fetch_or(&l->tail, TINE__CH_SHUT_BIT, __ATOMIC_RELAXED);
    tine__ch_hub_close(&l->hub);
}

TINE__CH_COLD void tine__ch_list_destroy(tine__ch_list *l, tine__ch_shape s, void *scratch,
                                         bool many)
{
    if (!tine__ch_hub_ending(&l->hub)) return;
    while (l->hub.drop && tine__ch_list_pop(l, s, scratch, many) == TINE__CH_OK)
        l->hub.drop(scratch, l->hub.drop_arg);
    tine__ch_hub_destroy(&l->hub);
    tine__ch_segment *chains[2] = {l->head_segment, l->pool};
    for (int i = 0; i < 2; i++) {
        while (chains[i]) {
            tine__ch_segment *next = chains[i]->next;
            free(chains[i]->raw);
            chains[i] = next;
        }
    }
    tine__ch_lock_destroy(&l->pool_lock);
    l->head_segment = l->tail_segment = l->pool = NULL;
}

#endif
