/*
 * The ring between one producer and one consumer, if it does not overwrite. The slots lie as in
 * ring.h; who says what by which word is different:
 *
 *     tag    written by the producer alone: 1 or 3, by turns from lap to lap. It says that the
 *            slot's item of that lap is there; anything else: not yet
 *     pair_head   where the consumer stands, published once it has copied an item out. The producer
 *            looks at it only when it has filled all slots that it saw free when it last looked:
 *            those up to `stop`, all in one block, and as many as `left` in the blocks after it
 *     tail   where the producer stands: its own, others only count
 *
 *     pair_head <= tail <= stop, stop + left <= pair_head + capacity     counted in slots; none is
 *                                                       so ever lapped, and two tags are enough
 *
 * A position here counts bytes: `stride` a block, 1 for each slot in it (`stride`, if a slot is a
 * block). So the tag lies at position + origin, which changes once a lap (tine__ch_cursor), and a side has
 * to change but one word for an item. The end of a block and the beginning of the next are the
 * same place; pair_head is always the latter, `tail` becomes so with the next item.
 *
 * An item travels with its tag, in one cache line, which the consumer only reads; no line of
 * positions moves but that of pair_head, about once a lap. A consumer's fast path need not ask whether
 * the ring overwrites, and so is not of this protocol: pair_head is apart from `head`, and no tag is what
 * it waits for.
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
 * Prefetching blindly by the consumer harms: it takes lines that the producer is about to write (6 to 20).
 * Zen 4, near cores, items of 64 bytes: 14.8 without, 6.7 with a consumer that writes to each slot it leaves; but
 * with 8 bytes, whose producer never waits for a line, 1.7 without and 2.5 with it. Zen 5, the cores near; far: 64
 * bytes 2.5; 17.3 without, 2.1; 11.3 with it, 8 bytes 1.8; 4.4 without, 1.9; 2.8 with it, blocking 1.8; 4.4 and 1.6; 2.8.
 * Two cores near each other, gcc / clang, medians of 4 runs in turns (8 bytes; arrays of 32): the place as
 * block, slot and position 2.25 / 2.87; 1.75 / 1.22, as it is now without asking ahead 2.05 / 2.16; 1.50 /
 * 1.44, with it 1.43 / 1.77; 0.99 / 0.97. On cores far from each other nothing of this makes a difference
 * (4.0 to 4.4). Letting items gather when the look ahead shows few: arrays 2.2.
 * A consumer that does not let items gather (base.h) meets the producer at every item larger than 8
 * bytes: 16 bytes 3.8 instead of 1.4, 24 bytes 6.9 instead of 2.2, 64 bytes 8 to 12 instead of 2.5.
 */
#ifndef TINE_CHANNEL_PAIR_H
#define TINE_CHANNEL_PAIR_H

#include <tine/channel/ring.h>

/* Items of an array after which the consumer publishes `head`, at the latest. */
#define TINE__CH_PAIR_CHUNK 64

/* Blocks that the consumer asks for ahead, and how many it wants to know to be full for that. */
#define TINE__CH_PAIR_FORESEE 8
#define TINE__CH_PAIR_MANY 32
#define TINE__CH_PAIR_BLIND 512

/* Where in its block a position's slot is; per_block: behind the last. */
TINE__CH_HOT size_t tine__ch_pair_off(tine__ch_shape s, tine__ch_position at)
{
    return s.per_block == 1 ? 0 : (size_t)(at & (TINE__CH_LINE - 1));
}

/* What a slot adds to a position within a block. */
TINE__CH_HOT size_t tine__ch_pair_unit(tine__ch_shape s)
{
    return s.per_block == 1 ? s.stride : 1;
}

/* Slots from one position to another, which is not behind it: the end of a block is the beginning of the
 * next. */
TINE__CH_HOT size_t tine__ch_pair_items(tine__ch_shape s, tine__ch_position from,
                                        tine__ch_position to)
{
    size_t a = tine__ch_pair_off(s, from), b = tine__ch_pair_off(s, to);
    tine__ch_position blocks = (tine__ch_position)((to - b) - (from - a) + s.stride) / s.stride;
    return ((size_t)blocks - 1) * s.per_block + b - a;
}

/* used: by this protocol, which an overwriting ring is not: its consumer's fast path finds no item. */
TINE__CH_API void tine__ch_pair_set(tine__ch_ring *r, tine__ch_shape s, bool used)
{
    tine__ch_position begin = (tine__ch_position)((tine__ch_position)TINE__CH_FIRST_LAP * s.stride);
    r->pair_head = begin;
    r->in.origin = r->out.origin = (uintptr_t)r->slots - begin;
    r->in.full = 1;
    r->out.full = used ? 1 : TINE__CH_NO_LAP;
    if (used) r->tail = r->stop = begin;
}

TINE__CH_HOT tine__ch_slot tine__ch_cursor_slot(const tine__ch_cursor *c, tine__ch_shape s,
                                                tine__ch_position at)
{
    unsigned char *tag = (unsigned char *)(c->origin + at);
    /* The item lies at items_at + off * item in the block, the tag at off. */
    unsigned char *item = tag + s.items_at + tine__ch_pair_off(s, at) * (s.item - 1);
    tine__ch_slot slot = {tag, item, NULL, at, c->full};
    return slot;
}

/* `n` slots on, at most to the end of the block (of the ring, if a slot is a block). */
TINE__CH_HOT tine__ch_position tine__ch_cursor_step(tine__ch_cursor *c, tine__ch_shape s,
                                                    tine__ch_position at, size_t n)
{
    tine__ch_position next = (tine__ch_position)(at + n * tine__ch_pair_unit(s));
    /* Positions narrower than pointers (base.h) have run over. */
    if (s.per_block == 1 && sizeof next < sizeof(uintptr_t) && next < at)
        c->origin += (uintptr_t)(tine__ch_position)-1 + 1;
    return next;
}

/* From the end of a block, where `at` is, to the next. */
TINE__CH_HOT tine__ch_position tine__ch_cursor_turn(tine__ch_cursor *c, const tine__ch_ring *r,
                                                    tine__ch_shape s, tine__ch_position at)
{
    tine__ch_position next = at;
    if (s.per_block > 1) {
        next = (tine__ch_position)(at + TINE__CH_LINE - s.per_block);
        if (sizeof next < sizeof(uintptr_t) && next < at) /* as above */
            c->origin += (uintptr_t)(tine__ch_position)-1 + 1;
    }
    if (TINE__CH_UNLIKELY(c->origin + next == (uintptr_t)r->end)) {
        c->origin -= (uintptr_t)(r->end - r->slots);
        c->full ^= 2;
    }
    return next;
}

/* Whether `at` is the end of a block (of the ring, if a slot is a block). */
TINE__CH_HOT bool tine__ch_pair_at_end(const tine__ch_cursor *c, const tine__ch_ring *r,
                                       tine__ch_shape s, tine__ch_position at)
{
    return s.per_block == 1 ? c->origin + at == (uintptr_t)r->end
                            : tine__ch_pair_off(s, at) == s.per_block;
}

/* Producer: the lines of later blocks are with the consumer, who has read them. Not when the ring is
 * nearly full, with few slots `free_now`: then it has not. */
TINE__CH_HOT void tine__ch_pair_ahead(const tine__ch_cursor *c, tine__ch_shape s,
                                      tine__ch_position t, size_t free_now)
{
    size_t far = tine__ch_blocks_ahead(s);
    if (free_now > (far + 1) * s.per_block) /* may lie behind the end: a hint */
        tine__ch_prefetch_write((const void *)(c->origin + t + far * s.stride));
}

/* Producer: how many slots are free. */
TINE__CH_HOT size_t tine__ch_pair_room_seen(const tine__ch_ring *r, tine__ch_shape s,
                                            tine__ch_position t)
{
    /* ACQUIRE, partner: tine__ch_pair_vacate, _pop_n: the old items have been copied out. */
    return r->capacity - tine__ch_pair_items(s, TINE__CH_LOAD(&r->pair_head, ACQUIRE), t);
}

/* Producer, at `stop`: on to the next stretch of free slots. Looks at the consumer's position if
 * the last look has left none. False: full. */
TINE__CH_HOT bool tine__ch_pair_go_on(tine__ch_ring *r, tine__ch_shape s, tine__ch_position *t)
{
    size_t left = r->left;
    if (left == 0) {
        left = tine__ch_pair_room_seen(r, s, *t);
        if (left == 0) return false;
    }
    if (tine__ch_pair_at_end(&r->in, r, s, *t)) *t = tine__ch_cursor_turn(&r->in, r, s, *t);
    size_t run = s.per_block == 1 ? (size_t)((uintptr_t)r->end - (r->in.origin + *t)) / s.stride
                                  : s.per_block - tine__ch_pair_off(s, *t);
    if (s.per_block > 1) tine__ch_pair_ahead(&r->in, s, *t, left);
    if (run > left) run = left;
    r->left = left - run;
    r->stop = (tine__ch_position)(*t + run * tine__ch_pair_unit(s));
    return true;
}

TINE__CH_HOT tine__ch_result tine__ch_pair_room(tine__ch_ring *r, tine__ch_shape s,
                                                tine__ch_slot *slot)
{
    tine__ch_position t = TINE__CH_LOAD(&r->tail, RELAXED); /* the producer's own */
    if (TINE__CH_UNLIKELY(t == r->stop) && !tine__ch_pair_go_on(r, s, &t)) return TINE__CH_AGAIN;
    *slot = tine__ch_cursor_slot(&r->in, s, t);
    return TINE__CH_OK;
}

TINE__CH_HOT void tine__ch_pair_publish(tine__ch_ring *r, tine__ch_shape s, tine__ch_slot slot)
{
    /* RELEASE, partner: tine__ch_pair_look, _pop_n: the item is there. */
    TINE__CH_STORE(slot.tag, slot.lap, RELEASE);
    if (s.per_block == 1)
        tine__ch_pair_ahead(&r->in, s, slot.at, (size_t)(r->stop - slot.at) / s.stride);
    /* RELAXED: the producer's own; others only count (tine__ch_ring_peek). */
    TINE__CH_STORE(&r->tail, tine__ch_cursor_step(&r->in, s, slot.at, 1), RELAXED);
}

TINE__CH_HOT tine__ch_result tine__ch_pair_look(tine__ch_ring *r, tine__ch_shape s,
                                                tine__ch_slot *slot)
{
    *slot = tine__ch_cursor_slot(&r->out, s, TINE__CH_LOAD(&r->pair_head, RELAXED)); /* its own */
    /* ACQUIRE, partner: tine__ch_pair_publish, _push_n. */
    return TINE__CH_LOAD(slot->tag, ACQUIRE) == slot->lap ? TINE__CH_OK : TINE__CH_AGAIN;
}

/*
 * Consumer, in a new block: asks for the line of a later one, if it knows that this is full. To know it
 * the consumer looks at the producer's position, which takes that line from the producer: again when
 * what it knew is used up, but after looks that have shown few only 32, 96, ... 992 blocks later.
 */
TINE__CH_HOT void tine__ch_pair_foresee(tine__ch_ring *r, tine__ch_shape s, tine__ch_position h)
{
    if (TINE__CH_LIKELY(r->known > TINE__CH_PAIR_FORESEE)) {
        r->known--;
        /* may lie behind the end: a hint */
        __builtin_prefetch((const void *)(r->out.origin + h + TINE__CH_PAIR_FORESEE * s.stride));
    } else if (r->blind > 0) {
        r->blind--;
    } else {
        /* RELAXED: a hint. May be behind h (tine__ch_ring_peek). */
        tine__ch_position ahead = (tine__ch_position)(TINE__CH_LOAD(&r->tail, RELAXED) - h);
        r->known = ahead > (tine__ch_position)-1 / 2 ? 0 : (size_t)(ahead / s.stride);
        if (r->known >= TINE__CH_PAIR_MANY) {
            r->blind_span = 0;
        } else {
            r->known = 0;
            if (r->blind_span < TINE__CH_PAIR_BLIND)
                r->blind_span = 2 * r->blind_span + TINE__CH_PAIR_MANY;
        }
        r->blind = r->blind_span;
    }
}

/* Consumer, having emptied a block, at its end: tine__ch_ring_hand_back. Only its last slot is still the consumer's.
 * Of small items not where lines are handed back everywhere: there it costs (see above). */
TINE__CH_HOT void tine__ch_pair_hand_back(const tine__ch_ring *r, tine__ch_shape s, tine__ch_position at)
{
    if (s.per_block == 1 ? r->migratory != TINE__CH_MIGRATORY_NOT : r->migratory == TINE__CH_MIGRATORY_LONE) {
        uintptr_t block = r->out.origin + at - s.per_block * tine__ch_pair_unit(s);
        TINE__CH_STORE((unsigned char *)(block + s.items_at + (s.per_block - 1) * s.item), 0, RELAXED);
    }
}

/* Consumer: from the end of a block, which it has emptied, to the next. */
TINE__CH_HOT tine__ch_position tine__ch_pair_turn(tine__ch_ring *r, tine__ch_shape s,
                                                  tine__ch_position at)
{
    tine__ch_pair_hand_back(r, s, at);
    tine__ch_position next = tine__ch_cursor_turn(&r->out, r, s, at);
    tine__ch_pair_foresee(r, s, next);
    return next;
}

/* Consumer: one slot on, and over the end of a block. */
TINE__CH_HOT tine__ch_position tine__ch_pair_pass(tine__ch_ring *r, tine__ch_shape s,
                                                  tine__ch_position at)
{
    tine__ch_position next = tine__ch_cursor_step(&r->out, s, at, 1);
    if (s.per_block == 1 || TINE__CH_UNLIKELY(tine__ch_pair_off(s, next) == s.per_block))
        next = tine__ch_pair_turn(r, s, next);
    return next;
}

TINE__CH_HOT void tine__ch_pair_vacate(tine__ch_ring *r, tine__ch_shape s, tine__ch_slot slot)
{
    /* RELEASE, partner: tine__ch_pair_go_on: the slot may be filled again. */
    TINE__CH_STORE(&r->pair_head, tine__ch_pair_pass(r, s, slot.at), RELEASE);
}

/* By the side itself: would its attempt succeed now? */
TINE__CH_HOT tine__ch_result tine__ch_pair_probe(const tine__ch_ring *r, tine__ch_shape s,
                                                 bool producer)
{
    /* RELAXED and ACQUIRE as in tine__ch_pair_room and _look. */
    tine__ch_position head = TINE__CH_LOAD(&r->pair_head, RELAXED);
    bool ready;
    if (producer) {
        ready = tine__ch_pair_items(s, head, TINE__CH_LOAD(&r->tail, RELAXED)) != r->capacity;
    } else {
        tine__ch_slot slot = tine__ch_cursor_slot(&r->out, s, head);
        ready = TINE__CH_LOAD(slot.tag, ACQUIRE) == slot.lap;
    }
    return ready ? TINE__CH_OK : TINE__CH_AGAIN;
}

/* Fills up to `n` slots, whole blocks at once; returns how many. */
TINE__CH_HOT size_t tine__ch_pair_push_n(tine__ch_ring *r, tine__ch_shape s, const void *items,
                                         size_t n)
{
    const unsigned char *from = (const unsigned char *)items;
    tine__ch_position t = TINE__CH_LOAD(&r->tail, RELAXED); /* the producer's own */
    size_t room = r->left + (size_t)((tine__ch_position)(r->stop - t) / tine__ch_pair_unit(s));
    if (n > room) {
        room = tine__ch_pair_room_seen(r, s, t);
        if (n > room) n = room;
    }
    for (size_t k = 0, step; k < n; k += step) {
        if (tine__ch_pair_at_end(&r->in, r, s, t)) {
            t = tine__ch_cursor_turn(&r->in, r, s, t);
            if (s.per_block > 1) tine__ch_pair_ahead(&r->in, s, t, room - k);
        }
        tine__ch_slot slot = tine__ch_cursor_slot(&r->in, s, t);
        if (tine__ch_shape_wide(s) && tine__ch_pair_off(s, t) == 0 && n - k >= s.per_block) {
            step = s.per_block;
            memcpy(slot.item, from + k * s.item, s.per_block * s.item);
            /* RELEASE, partner: tine__ch_pair_look, _pop_n. */
            TINE__CH_STORE((uint64_t *)(void *)slot.tag, tine__ch_tags_wide(s, slot.lap), RELEASE);
        } else {
            step = 1;
            memcpy(slot.item, from + k * s.item, s.item);
            TINE__CH_STORE(slot.tag, slot.lap, RELEASE); /* as above */
            if (s.per_block == 1) tine__ch_pair_ahead(&r->in, s, t, room - k);
        }
        t = tine__ch_cursor_step(&r->in, s, t, step);
    }
    r->stop = t;
    r->left = room - n;
    TINE__CH_STORE(&r->tail, t, RELAXED); /* as in tine__ch_pair_publish */
    return n;
}

/* Empties up to `n` slots, whole blocks at once; returns how many. */
TINE__CH_HOT size_t tine__ch_pair_pop_n(tine__ch_ring *r, tine__ch_shape s, void *items, size_t n)
{
    unsigned char *to = (unsigned char *)items;
    tine__ch_position h = TINE__CH_LOAD(&r->pair_head, RELAXED); /* the consumer's own */
    size_t k = 0, told = 0;
    while (k < n) {
        tine__ch_slot slot = tine__ch_cursor_slot(&r->out, s, h);
        /* ACQUIRE twice, partner: tine__ch_pair_publish, _push_n. */
        if (tine__ch_shape_wide(s) && tine__ch_pair_off(s, h) == 0 && n - k >= s.per_block &&
            TINE__CH_LOAD((uint64_t *)(void *)slot.tag, ACQUIRE) ==
                tine__ch_tags_wide(s, slot.lap)) {
            memcpy(to + k * s.item, slot.item, s.per_block * s.item);
            h = tine__ch_pair_turn(r, s, tine__ch_cursor_step(&r->out, s, h, s.per_block));
            k += s.per_block;
        } else {
            if (TINE__CH_LOAD(slot.tag, ACQUIRE) != slot.lap) break;
            memcpy(to + k * s.item, slot.item, s.item);
            h = tine__ch_pair_pass(r, s, h);
            k++;
        }
        if (k - told >= TINE__CH_PAIR_CHUNK) {
            told = k;
            TINE__CH_STORE(&r->pair_head, h, RELEASE); /* as below */
        }
    }
    /* RELEASE, partner: tine__ch_pair_go_on. */
    if (k > told) TINE__CH_STORE(&r->pair_head, h, RELEASE);
    return k;
}

#endif
