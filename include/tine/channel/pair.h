/*
 * The ring between one producer and one consumer, if it does not overwrite. The slots lie as in
 * ring.h; who says what by which word is different:
 *
 *     tag    written by the producer alone: 1 or 3, by turns from lap to lap. It says that the
 *            slot's item of that lap is there; anything else: not yet
 *     head   twice the number of items taken, published by the consumer once it has copied an item
 *            out. The producer has a copy, head_seen, and looks again only when the copy says full
 *     tail   twice the number of items sent: the producer's own, others only count
 *
 *     head_seen <= head <= tail <= head_seen + room      room = 2 * capacity; a slot is so never
 *                                                        lapped, and two tags are enough
 *
 * An item travels with its tag, in one cache line, which the consumer only reads; no line of
 * indexes moves but `head`, about once a lap. Each side has its place in the ring as a cursor:
 * computing it from the position made a chain of a dozen cycles from item to item.
 * Model: test/channel/models/pair.pml.
 *
 * Progress: wait-free, but for the wake-up of a sleeper, which takes the hub's lock. Order: FIFO.
 *
 * Rejected, ns an item with capacity 1024, medians of one interleaved run each (the two processors
 * near each other; 8-byte items / 64-byte items):
 *     this protocol                                                1.3 / 6.5
 *     the same without prefetch                                    1.4 to 1.9 / 9.5
 *     tags written by both sides (as the other flavours)           2.5 / 15
 *     `tail` and `head` published, copies of both, no tags         3.9 / 8.2
 *     the same, each side prefetching 4 or 8 lines ahead           3.3 to 3.9 / 6.5
 *     ck_ring (indexes without copies)                             4.1 / 12
 *     slots of 16 bytes with a sequence number (Vyukov)            13 to 16
 * Prefetching by the consumer harms: it takes lines that the producer is about to write (6 to 20).
 * A consumer that does not let items gather (base.h) meets the producer at every item larger than 8
 * bytes: 16 bytes 3.8 instead of 1.4, 24 bytes 6.9 instead of 2.2, 64 bytes 8 to 12 instead of 2.5.
 */
#ifndef TINE_CHANNEL_PAIR_H
#define TINE_CHANNEL_PAIR_H

#include <tine/channel/ring.h>

/* Items of an array after which the consumer publishes `head`, at the latest. */
#define TINE__CH_PAIR_CHUNK 64

TINE__CH_API void tine__ch_pair_set(tine__ch_ring *r, tine__ch_shape s)
{
    size_t far = (tine__ch_blocks_ahead(s) + 1) * s.per_block;
    r->room = 2 * (tine__ch_position)r->capacity;
    r->spread = r->capacity > far ? 2 * (tine__ch_position)(r->capacity - far) : 0;
    r->tail = r->head = r->head_seen = 2 * (tine__ch_position)TINE__CH_FIRST_LAP;
    r->in.block = r->out.block = r->slots;
    r->in.full = r->out.full = 1;
}

TINE__CH_HOT tine__ch_slot tine__ch_cursor_slot(const tine__ch_cursor *c, tine__ch_shape s)
{
    size_t off = s.per_block == 1 ? 0 : c->slot;
    tine__ch_slot slot = {c->block + off, c->block + s.items_at + off * s.item, NULL, 0, c->full};
    return slot;
}

/* One slot on, or `n` up to the end of the block. True: to another block. */
TINE__CH_HOT bool tine__ch_cursor_step(tine__ch_cursor *c, const tine__ch_ring *r, tine__ch_shape s,
                                       size_t n)
{
    if (s.per_block > 1 && n < s.per_block) {
        c->slot += n;
        if (c->slot != s.per_block) return false;
        c->slot = 0;
    }
    unsigned char *block = c->block + s.stride;
    if (TINE__CH_UNLIKELY(block == r->end)) {
        block = r->slots;
        c->full ^= 2;
    }
    c->block = block;
    return true;
}

/* Producer: free slots, in positions; looks at `head` only if the last look gives less than
 * `wanted`. */
TINE__CH_HOT tine__ch_position tine__ch_pair_free(tine__ch_ring *r, tine__ch_position t,
                                                  tine__ch_position wanted)
{
    tine__ch_position free_now = r->room - (tine__ch_position)(t - r->head_seen);
    if (TINE__CH_LIKELY(free_now >= wanted)) return free_now;
    /* ACQUIRE, partner: tine__ch_pair_vacate, _pop_n: the old items have been copied out. */
    r->head_seen = TINE__CH_LOAD(&r->head, ACQUIRE);
    return r->room - (tine__ch_position)(t - r->head_seen);
}

/* Producer, in a new block: the lines of later ones are with the consumer, who has read them. Not
 * when the ring is nearly full: then it has not. */
TINE__CH_HOT void tine__ch_pair_ahead(const tine__ch_ring *r, tine__ch_shape s, tine__ch_position t)
{
    if ((tine__ch_position)(t - r->head_seen) < r->spread) /* may lie behind the end: a hint */
        tine__ch_prefetch_write(r->in.block + tine__ch_blocks_ahead(s) * s.stride);
}

TINE__CH_HOT tine__ch_result tine__ch_pair_room(tine__ch_ring *r, tine__ch_shape s,
                                                tine__ch_slot *slot)
{
    tine__ch_position t = TINE__CH_LOAD(&r->tail, RELAXED); /* the producer's own */
    if (TINE__CH_UNLIKELY(tine__ch_pair_free(r, t, 2) == 0)) return TINE__CH_AGAIN;
    *slot = tine__ch_cursor_slot(&r->in, s);
    slot->at = t;
    return TINE__CH_OK;
}

TINE__CH_HOT void tine__ch_pair_publish(tine__ch_ring *r, tine__ch_shape s, tine__ch_slot slot)
{
    /* RELEASE, partner: tine__ch_pair_look, _pop_n: the item is there. */
    TINE__CH_STORE(slot.tag, slot.lap, RELEASE);
    /* RELAXED: the producer's own; others only count (tine__ch_ring_peek). */
    TINE__CH_STORE(&r->tail, slot.at + 2, RELAXED);
    if (tine__ch_cursor_step(&r->in, r, s, 1)) tine__ch_pair_ahead(r, s, slot.at);
}

TINE__CH_HOT tine__ch_result tine__ch_pair_look(tine__ch_ring *r, tine__ch_shape s,
                                                tine__ch_slot *slot)
{
    *slot = tine__ch_cursor_slot(&r->out, s);
    /* ACQUIRE, partner: tine__ch_pair_publish, _push_n. */
    return TINE__CH_LOAD(slot->tag, ACQUIRE) == slot->lap ? TINE__CH_OK : TINE__CH_AGAIN;
}

TINE__CH_HOT void tine__ch_pair_vacate(tine__ch_ring *r, tine__ch_shape s)
{
    /* RELAXED: the consumer's own. RELEASE, partner: tine__ch_pair_free: the slot may be filled
     * again. */
    TINE__CH_STORE(&r->head, TINE__CH_LOAD(&r->head, RELAXED) + 2, RELEASE);
    tine__ch_cursor_step(&r->out, r, s, 1);
}

/* By the side itself: would its attempt succeed now? */
TINE__CH_HOT tine__ch_result tine__ch_pair_probe(const tine__ch_ring *r, bool producer)
{
    /* RELAXED and ACQUIRE as in tine__ch_pair_room and _look. */
    bool ready = producer ? (tine__ch_position)(TINE__CH_LOAD(&r->tail, RELAXED) -
                                                TINE__CH_LOAD(&r->head, RELAXED)) != r->room
                          : TINE__CH_LOAD(r->out.block + r->out.slot, ACQUIRE) == r->out.full;
    return ready ? TINE__CH_OK : TINE__CH_AGAIN;
}

/* Fills up to `n` slots, whole blocks at once; returns how many. */
TINE__CH_HOT size_t tine__ch_pair_push_n(tine__ch_ring *r, tine__ch_shape s, const void *items,
                                         size_t n)
{
    const unsigned char *from = (const unsigned char *)items;
    tine__ch_position t = TINE__CH_LOAD(&r->tail, RELAXED); /* the producer's own */
    if (n > r->capacity) n = r->capacity;
    tine__ch_position room = tine__ch_pair_free(r, t, 2 * (tine__ch_position)n);
    if (n > room / 2) n = (size_t)(room / 2);
    for (size_t k = 0, step; k < n; k += step, t += 2 * (tine__ch_position)step) {
        tine__ch_slot slot = tine__ch_cursor_slot(&r->in, s);
        if (tine__ch_shape_wide(s) && r->in.slot == 0 && n - k >= s.per_block) {
            step = s.per_block;
            memcpy(slot.item, from + k * s.item, s.per_block * s.item);
            /* RELEASE, partner: tine__ch_pair_look, _pop_n. */
            TINE__CH_STORE((uint64_t *)(void *)slot.tag, tine__ch_tags_wide(s, slot.lap), RELEASE);
        } else {
            step = 1;
            memcpy(slot.item, from + k * s.item, s.item);
            TINE__CH_STORE(slot.tag, slot.lap, RELEASE); /* as above */
        }
        if (tine__ch_cursor_step(&r->in, r, s, step)) tine__ch_pair_ahead(r, s, t);
    }
    TINE__CH_STORE(&r->tail, t, RELAXED); /* as in tine__ch_pair_publish */
    return n;
}

/* Empties up to `n` slots, whole blocks at once; returns how many. */
TINE__CH_HOT size_t tine__ch_pair_pop_n(tine__ch_ring *r, tine__ch_shape s, void *items, size_t n)
{
    unsigned char *to = (unsigned char *)items;
    tine__ch_position h = TINE__CH_LOAD(&r->head, RELAXED); /* the consumer's own */
    size_t k = 0, told = 0, step;
    for (; k < n; k += step) {
        tine__ch_slot slot = tine__ch_cursor_slot(&r->out, s);
        /* ACQUIRE twice, partner: tine__ch_pair_publish, _push_n. */
        if (tine__ch_shape_wide(s) && r->out.slot == 0 && n - k >= s.per_block &&
            TINE__CH_LOAD((uint64_t *)(void *)slot.tag, ACQUIRE) ==
                tine__ch_tags_wide(s, slot.lap)) {
            step = s.per_block;
            memcpy(to + k * s.item, slot.item, s.per_block * s.item);
        } else {
            if (TINE__CH_LOAD(slot.tag, ACQUIRE) != slot.lap) break;
            step = 1;
            memcpy(to + k * s.item, slot.item, s.item);
        }
        tine__ch_cursor_step(&r->out, r, s, step);
        if (k - told >= TINE__CH_PAIR_CHUNK) {
            told = k; /* RELEASE, as below */
            TINE__CH_STORE(&r->head, h + 2 * (tine__ch_position)k, RELEASE);
        }
    }
    /* RELEASE, partner: tine__ch_pair_free. */
    if (k > told) TINE__CH_STORE(&r->head, h + 2 * (tine__ch_position)k, RELEASE);
    return k;
}

#endif
