/*
 * Bounded channels: rings of tagged slots, and how MPSC, SPMC and MPMC share them (SPSC, if it does
 * not overwrite: pair.h; the attempts over both: attempts.h). Relies on wait.h.
 *
 * Slots come in blocks: the tags of K slots, then their K items, so that a block of small items is
 * one cache line (7 items of 8 bytes and 7 tags) and an item travels with its tag. An item of more
 * than 56 bytes is a block of its own. Behind all blocks lie the vacancies, a byte for each index.
 *
 * A position is, from bit 0: [shut:1 | slot in block | block | lap]. Its index part, of slot and block,
 * goes from `first` to `last`, then the next lap begins. Positions run over at the end of their type,
 * which keeps the lap modulo 8. Any capacity >= 1 is exact, without a division: what is too much in the
 * blocks is left out at the beginning of the first, so that a lap ends where a block does and the way
 * to the next slot is `+ 2` everywhere else.
 *
 * With lap(p) modulo 8, who comes to position p waits for, and who leaves it writes:
 *     producer    vacancy == lap(p)    fills the slot       tag = lap(p)
 *     consumer    tag == lap(p)        empties the slot     vacancy = lap(p) + 1
 * Between a thread's read of `tail` and its claim at that same value, the vacancy can only be of
 * this lap, or of the one before (not emptied yet), or, under an overwriting producer, of the one
 * before that; so are tags with `head`. Two bits would do.
 * Producers alone write the lines of items, consumers alone those of vacancies, 56 slots a line.
 *
 * `tail` is claimed by a compare-and-swap with many producers, else it is the producer's own; so
 * `head` with the consumers. An item is copied after its slot is claimed, never before.
 *
 * A producer that finds the ring full lets the consumers work for `drain` pauses and looks once
 * more; if that was in vain, it does so again only after another item has gone in. One that came
 * back at each freed slot would take the line of vacancies from them each time, and both sides would
 * work at the pace of that line. A consumer that finds the ring empty does the like
 * (tine__ch_let_gather in base.h).
 *
 * Rejected, ns an item with capacity 1024, medians of one interleaved run (MPMC with 2 producers
 * and 2 consumers / SPMC with 2 consumers; a dense Vyukov ring took 13):
 *     this                                                    7.2 / 6.6
 *     without drain                                           8.9 (steady in no run) / 26
 *     one tag, written by both sides, in the line of items    15.5 / 20
 *     the same with drain                                     15.9 / 6.1
 * MPSC without letting items gather: 17.6, with it 5.8.
 * Zen 4, ns an item, without and with consumers that write to each line they leave (tine__ch_ring_hand_back) and
 * ask for lines ahead, near cores (medians of 7 runs in turns; a dense Vyukov ring takes 4.3 to 4.8): MPMC 1 and 1
 * 6.7, 4.6; 2 and 2 6.6, 4.3; 4 and 4 on two cores 6.7, 4.5; SPMC 4.9, 4.5; MPSC 7.2, 4.0; MPMC of 64 bytes 41, 19.
 * A thousand items pushed while the other core rests, then popped there: 6.5 and 4.2 an item, 4.0 and 4.1 (one
 * core alone 3.7 and 3.4). Neither how far ahead producers ask for lines, nor by which instruction, changes that.
 * Zen 5, the same: near cores, nowhere a difference of more than 3 %, but MPMC of 64 bytes 7.3, 6.3. Far ones: MPMC 1
 * and 1 11.1, 14.3; 2 and 2 11.2, 13.2, blocking 12.5, 20.7 (without asking ahead 15.1); SPMC 10.4, 11.6; MPSC 7.2, 6.1; MPMC
 * of 64 bytes 22.5, 10.9 (without asking ahead 13.0). So there only lone consumers, and all of large items, do it.
 * The short block last, so that each step looks for the end of the lap: two threads that push and pop
 * 10.4, this 9.8. It is not the instructions: they need registers, and what is stored to the stack
 * has to be there before the locked instruction begins.
 * Models: test/channel/models/ring.pml, overwrite.pml.
 *
 * Progress: `blocking`, though there is no lock: a thread that is preempted between claiming and
 * publishing a slot hides the slots behind it. The try_ calls never wait for it: they answer full
 * or empty.
 * Order. Linearizable FIFO, with the reservation that a try_ call may answer full or empty because
 * of an operation that has begun and not ended.
 */
#ifndef TINE_CHANNEL_RING_H
#define TINE_CHANNEL_RING_H

#include <tine/channel/wait.h>

#define TINE__CH_SHUT_BIT ((tine__ch_position)1)

/* How items of a type lie in blocks; constants once inlined. */
typedef struct tine__ch_shape {
    size_t item;      /* bytes of one */
    size_t align;     /* of a block: at least a cache line */
    size_t per_block; /* K */
    size_t items_at;  /* offset of the first item in a block */
    size_t stride;    /* bytes from block to block */
    unsigned bits;    /* K <= 1 << bits */
} tine__ch_shape;

TINE__CH_HOT size_t tine__ch_round_up(size_t n, size_t to)
{
    return (n + to - 1) / to * to;
}

TINE__CH_HOT tine__ch_shape tine__ch_shape_of(size_t size, size_t align)
{
    tine__ch_shape s;
    s.item = size;
    s.align = align > TINE__CH_LINE ? align : TINE__CH_LINE;
    if (size <= TINE__CH_LINE - 8) {
        s.per_block = TINE__CH_LINE / (size + 1);
        s.items_at = tine__ch_round_up(s.per_block, align);
        s.stride = tine__ch_round_up(s.items_at + s.per_block * size, s.align);
    } else { /* densely: lines are filled by several items anyway */
        s.per_block = 1;
        s.items_at = align > 8 ? align : 8;
        s.stride = tine__ch_round_up(s.items_at + size, s.items_at);
    }
    s.bits = s.per_block <= 1    ? 0
             : s.per_block <= 2  ? 1
             : s.per_block <= 4  ? 2
             : s.per_block <= 8  ? 3
             : s.per_block <= 16 ? 4
                                 : 5;
    return s;
}

/* pair.h: what leads from a side's position to its slot in the present lap, and the tag that says «full»
 * there. */
typedef struct tine__ch_cursor {
    uintptr_t origin; /* + position: the address of the tag */
    unsigned char full;
} tine__ch_cursor;

/* No position of a slot, in neither protocol. */
#define TINE__CH_NO_POSITION ((tine__ch_position)TINE__CH_LINE - 1)

/*
 * 0 <= items in the ring <= capacity. tail: written by producers, read by all; head: written by
 * consumers (and overwriting producers), read by all. Both only name slots; what orders the items
 * is the tags (release by who leaves a slot, acquire by who comes).
 */
typedef struct tine__ch_ring {
    unsigned char *slots;
    tine__ch_position mask; /* of the index part of a position: a lap - 1 */
    size_t capacity;
    tine__ch_hub hub;
    void *owned;        /* to free at the end, or NULL */
    unsigned char *end; /* of the slots */
    unsigned char *vacancies;
    unsigned lap_shift; /* a lap is 1 << lap_shift */
    unsigned drain;     /* pauses of a producer that finds the ring full, of a consumer that
                         * finds it empty; 0: too small for them */
    tine__ch_position first; /* index part of the first slot */
    tine__ch_position last;  /* index part of the last slot */
    unsigned char migratory; /* tine__ch_migratory */
    char apart_tail[TINE__CH_APART];
    tine__ch_position tail;
    tine__ch_position full_at; /* where a producer last waited for room in vain */
    tine__ch_position stop;    /* pair.h: the producer has free slots up to here */
    size_t left;               /* and, when it last looked, so many behind */
    tine__ch_cursor in;        /* the producer's */
    char apart_head[TINE__CH_APART];
    tine__ch_position head;
    tine__ch_position pair_head; /* pair.h: instead */
    char apart_out[TINE__CH_APART];
    tine__ch_cursor out; /* pair.h: the consumer's, away from `head`, which others read */
    size_t known; /* pair.h: so many blocks from the consumer's place on are full, at least; */
    unsigned blind, blind_span; /* it looks again after so many: still, in all */
    tine__ch_gather gather;     /* the consumers' */
    char apart_end[TINE__CH_APART];
} tine__ch_ring;

/* `mode` does not change after init but for the closing bit. */
TINE__CH_HOT bool tine__ch_ring_overwrites(const tine__ch_ring *r)
{
    return TINE__CH_UNLIKELY(TINE__CH_LOAD(&r->hub.mode, RELAXED) & TINE__CH_MODE_OVERWRITE);
}

/* A slot, found from a position. */
typedef struct tine__ch_slot {
    unsigned char *tag;
    unsigned char *item;
    unsigned char *vacancy;
    tine__ch_position at;
    unsigned char lap; /* of `at`, modulo 8; pair.h: the tag that says «full» */
} tine__ch_slot;

#define TINE__CH_LAPS 7u /* a mask */
#define TINE__CH_NO_LAP 0xff

TINE__CH_HOT unsigned tine__ch_offset_in_block(tine__ch_shape s, tine__ch_position p)
{
    return (unsigned)(p >> 1) & ((1u << s.bits) - 1);
}

TINE__CH_HOT tine__ch_slot tine__ch_slot_at(const tine__ch_ring *r, tine__ch_shape s,
                                            tine__ch_position p)
{
    unsigned off = tine__ch_offset_in_block(s, p);
    size_t index = (size_t)((p & r->mask) >> 1);
    unsigned char *block = r->slots + (index >> s.bits) * s.stride;
    tine__ch_slot slot = {block + off, block + s.items_at + off * s.item, r->vacancies + index, p,
                          (unsigned char)((p >> r->lap_shift) & TINE__CH_LAPS)};
    return slot;
}

/* The vacancy that leaves a slot to the next lap. */
TINE__CH_HOT unsigned char tine__ch_slot_next_lap(tine__ch_slot slot)
{
    return (slot.lap + 1) & TINE__CH_LAPS;
}

/* Is `p` the last slot of its block? */
TINE__CH_HOT bool tine__ch_ends_block(tine__ch_shape s, tine__ch_position p)
{
    return tine__ch_offset_in_block(s, p) == s.per_block - 1;
}

/* The position after such a one. Indexes between K and the next power of two name no slot. */
TINE__CH_HOT tine__ch_position tine__ch_next_block(const tine__ch_ring *r, tine__ch_shape s,
                                                   tine__ch_position p)
{
    tine__ch_position index = p & r->mask;
    if (TINE__CH_UNLIKELY(index == r->last)) return (p | r->mask) + 1 + r->first;
    return p + 2 + 2 * (((tine__ch_position)1 << s.bits) - (tine__ch_position)s.per_block);
}

TINE__CH_HOT tine__ch_position tine__ch_next(const tine__ch_ring *r, tine__ch_shape s,
                                             tine__ch_position p)
{
    return TINE__CH_UNLIKELY(tine__ch_ends_block(s, p)) ? tine__ch_next_block(r, s, p) : p + 2;
}

/* Number of slots from `head` to `tail`: at most one lap apart, or a little more while an
 * overwriting producer works. */
TINE__CH_HOT size_t tine__ch_distance(const tine__ch_ring *r, tine__ch_shape s,
                                      tine__ch_position tail, tine__ch_position head)
{
    tine__ch_position ti = (tail & r->mask) >> 1, hi = (head & r->mask) >> 1;
    tine__ch_position laps =
        (tine__ch_position)((tail & ~r->mask) - (head & ~r->mask)) >> r->lap_shift;
    tine__ch_position slot = ((tine__ch_position)1 << s.bits) - 1; /* a mask */
    intptr_t n = (intptr_t)((size_t)(ti >> s.bits) * s.per_block + (ti & slot)) -
                 (intptr_t)((size_t)(hi >> s.bits) * s.per_block + (hi & slot));
    if (laps == 1) n += (intptr_t)r->capacity;
    if (laps > 1 || n < 0) return 0; /* read at different times: head had overtaken */
    return (size_t)n < r->capacity ? (size_t)n : r->capacity;
}

/* Blocks that the producer asks for ahead of its own: of small items, of large ones. */
#define TINE__CH_AHEAD 4
#define TINE__CH_AHEAD_LARGE 16
TINE__CH_HOT size_t tine__ch_blocks_ahead(tine__ch_shape s)
{
    return s.per_block == 1 ? TINE__CH_AHEAD_LARGE : TINE__CH_AHEAD;
}

/*
 * Producer, having filled the last slot of a block: asks for the line of a later one, which is with the
 * consumers, if it is free; behind all vacancies stand some more that never say so. Without that the
 * next locked instruction would wait for the stores to that line: on cores far from each other (a round
 * trip of a line takes 480 ns, not 85) MPMC 53, with it 10.5 ns an item (2 producers, 2 consumers); on
 * near ones there is no difference. Ahead of the claim, which would wait for the line of the vacancy,
 * it costs 10 % there.
 */
TINE__CH_HOT void tine__ch_ring_ahead(tine__ch_shape s, tine__ch_slot slot)
{
    size_t far = tine__ch_blocks_ahead(s);
    /* RELAXED: a hint. */
    if (TINE__CH_LOAD(slot.vacancy + (far << s.bits), RELAXED) == slot.lap)
        tine__ch_prefetch_write(slot.tag + far * s.stride);
}

/* Claims the next free slot, to be filled and given to tine__ch_ring_publish. `many`: several
 * producers may be at it. */
TINE__CH_HOT tine__ch_result tine__ch_ring_claim_in(tine__ch_ring *r, tine__ch_shape s,
                                                    tine__ch_slot *slot, bool many)
{
    unsigned step = 0;
    tine__ch_position t = TINE__CH_LOAD(&r->tail, RELAXED); /* a claim verifies it */
    for (;;) {
        if (many && (t & TINE__CH_SHUT_BIT)) return TINE__CH_SHUT;
        *slot = tine__ch_slot_at(r, s, t);
        /* ACQUIRE, partner: tine__ch_ring_vacate: the old item has been copied out. */
        if (TINE__CH_LOAD(slot->vacancy, ACQUIRE) == slot->lap) {
            /* RELAXED: claims only; partners: the same line, tine__ch_ring_close. */
            if (!many || __atomic_compare_exchange_n(&r->tail, &t, tine__ch_next(r, s, t), false,
                                                     __ATOMIC_RELAXED, __ATOMIC_RELAXED))
                return TINE__CH_OK;
        } else {
            if (!many) return TINE__CH_AGAIN;
            tine__ch_position now = TINE__CH_LOAD(&r->tail, RELAXED);
            if (now == t) return TINE__CH_AGAIN;
        }
        /* Lost the position to another producer. */
        step = tine__ch_lost_race(step);
        t = TINE__CH_LOAD(&r->tail, RELAXED);
    }
}

TINE__CH_HOT void tine__ch_ring_publish(tine__ch_ring *r, tine__ch_shape s, tine__ch_slot slot,
                                        bool many)
{
    /* RELEASE, partner: tine__ch_ring_claim_out. Guarded by test stress. */
    TINE__CH_STORE(slot.tag, slot.lap, RELEASE);
    if (TINE__CH_UNLIKELY(tine__ch_ends_block(s, slot.at))) tine__ch_ring_ahead(s, slot);
    /* RELAXED: the producer's own; others only count (tine__ch_ring_peek). */
    if (!many) TINE__CH_STORE(&r->tail, tine__ch_next(r, s, slot.at), RELAXED);
}

/* Do the consumers (`many` or one) write to lines that they leave? */
TINE__CH_HOT bool tine__ch_ring_hands_back(const tine__ch_ring *r, tine__ch_shape s, bool many)
{
    return r->migratory >= (many && s.per_block > 1 ? TINE__CH_MIGRATORY : TINE__CH_MIGRATORY_LONE);
}

/* A consumer has copied an item out: the last one of a block writes to the slot, which is still its own. So the
 * line goes to the producer ready to be written (tine__ch_migratory). The value says nothing. */
TINE__CH_HOT void tine__ch_ring_hand_back(const tine__ch_ring *r, tine__ch_shape s, tine__ch_slot slot,
                                          bool many)
{
    if (TINE__CH_UNLIKELY(tine__ch_ends_block(s, slot.at)) && tine__ch_ring_hands_back(r, s, many))
        TINE__CH_STORE(slot.item, 0, RELAXED); /* for nobody; not to be left out */
}

/* One of many consumers has claimed a slot: the first one of a block asks for a later one's line. */
#define TINE__CH_FORESEE 2
TINE__CH_HOT void tine__ch_ring_foresee(const tine__ch_ring *r, tine__ch_shape s, tine__ch_slot slot)
{
    if (tine__ch_offset_in_block(s, slot.at) == 0 && tine__ch_ring_hands_back(r, s, true))
        __builtin_prefetch(slot.tag + TINE__CH_FORESEE * s.stride); /* may lie behind the end: a hint */
}

/* Claims the oldest full slot, to be emptied and given to tine__ch_ring_vacate. `many`: several
 * threads may be at it. */
TINE__CH_HOT tine__ch_result tine__ch_ring_claim_out(tine__ch_ring *r, tine__ch_shape s,
                                                     tine__ch_slot *slot, bool many)
{
    unsigned step = 0;
    tine__ch_position h = TINE__CH_LOAD(&r->head, RELAXED); /* a claim verifies it */
    for (;;) {
        *slot = tine__ch_slot_at(r, s, h);
        /* ACQUIRE, partner: tine__ch_ring_publish: the item is there. */
        if (TINE__CH_LOAD(slot->tag, ACQUIRE) == slot->lap) {
            /* RELAXED: claims only; partners: the same line, tine__ch_ring_displace. */
            if (!many || __atomic_compare_exchange_n(&r->head, &h, tine__ch_next(r, s, h), false,
                                                     __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
                if (many) tine__ch_ring_foresee(r, s, *slot);
                return TINE__CH_OK;
            }
        } else {
            if (!many) return TINE__CH_AGAIN;
            tine__ch_position now = TINE__CH_LOAD(&r->head, RELAXED);
            if (now == h) return TINE__CH_AGAIN;
        }
        step = tine__ch_lost_race(step);
        h = TINE__CH_LOAD(&r->head, RELAXED);
    }
}

TINE__CH_HOT void tine__ch_ring_vacate(tine__ch_ring *r, tine__ch_shape s, tine__ch_slot slot,
                                       bool many)
{
    tine__ch_ring_hand_back(r, s, slot, many);
    /* RELEASE, partner: tine__ch_ring_claim_in: the slot may be filled again. */
    TINE__CH_STORE(slot.vacancy, tine__ch_slot_next_lap(slot), RELEASE);
    /* RELAXED: as tail in tine__ch_ring_publish. */
    if (!many) TINE__CH_STORE(&r->head, tine__ch_next(r, s, slot.at), RELAXED);
}

/* A producer has found the ring full. False: a wait does not pay, since the capacity is too small, or
 * the last one at this position was in vain. */
TINE__CH_HOT bool tine__ch_ring_let_drain(const tine__ch_ring *r)
{
    /* RELAXED: guesses. */
    if (r->drain == 0 || TINE__CH_LOAD(&r->full_at, RELAXED) == TINE__CH_LOAD(&r->tail, RELAXED))
        return false;
    tine__ch_pauses(r->drain);
    return true;
}

/* It was in vain: the consumers do not work just now. */
TINE__CH_HOT void tine__ch_ring_still_full(tine__ch_ring *r)
{
    TINE__CH_STORE(&r->full_at, TINE__CH_LOAD(&r->tail, RELAXED), RELAXED); /* a guess */
}

/*
 * The tags of a whole block as one word, where they fill (with padding) the 8 bytes ahead of the
 * items; likewise its vacancies. An aligned 8-byte access is one access on every 64-bit machine, so
 * that it reads or writes all of them at once. Single-sided array operations move whole blocks by
 * it. (Not under ThreadSanitizer, which knows an atomic by its address and size.)
 */
TINE__CH_HOT bool tine__ch_shape_wide(tine__ch_shape s)
{
    return sizeof(void *) == 8 && !TINE__CH_TSAN && s.items_at == 8 && s.bits == 3;
}

/* The word in which each tag (or vacancy) of the block is `tag`; padding, behind them, is zero. */
TINE__CH_HOT uint64_t tine__ch_tags_wide(tine__ch_shape s, unsigned char tag)
{
    uint64_t ones = UINT64_C(0x0101010101010101);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    return tag * (ones << (64 - 8 * s.per_block));
#else
    return tag * (ones >> (64 - 8 * s.per_block));
#endif
}

/* If `p` begins a block of the ring that is full of slots: moves all its items and steps over it.
 */
TINE__CH_HOT bool tine__ch_block_fill(tine__ch_ring *r, tine__ch_shape s, tine__ch_position *p,
                                      const void *items)
{
    if (!tine__ch_shape_wide(s) || tine__ch_offset_in_block(s, *p) != 0) return false;
    tine__ch_slot slot = tine__ch_slot_at(r, s, *p);
    uint64_t *tags = (uint64_t *)(void *)slot.tag, *vacancies = (uint64_t *)(void *)slot.vacancy;
    /* ACQUIRE, partner: tine__ch_ring_vacate. */
    if (TINE__CH_LOAD(vacancies, ACQUIRE) != tine__ch_tags_wide(s, slot.lap)) return false;
    memcpy(slot.item, items, s.per_block * s.item);
    /* RELEASE, partner: tine__ch_ring_claim_out. */
    TINE__CH_STORE(tags, tine__ch_tags_wide(s, slot.lap), RELEASE);
    *p = tine__ch_next(r, s, *p + 2 * (tine__ch_position)(s.per_block - 1));
    return true;
}

TINE__CH_HOT bool tine__ch_block_empty(tine__ch_ring *r, tine__ch_shape s, tine__ch_position *p,
                                       void *items)
{
    if (!tine__ch_shape_wide(s) || tine__ch_offset_in_block(s, *p) != 0) return false;
    tine__ch_slot slot = tine__ch_slot_at(r, s, *p);
    uint64_t *tags = (uint64_t *)(void *)slot.tag, *vacancies = (uint64_t *)(void *)slot.vacancy;
    /* ACQUIRE, partner: tine__ch_ring_publish. */
    if (TINE__CH_LOAD(tags, ACQUIRE) != tine__ch_tags_wide(s, slot.lap)) return false;
    memcpy(items, slot.item, s.per_block * s.item);
    /* as in tine__ch_ring_hand_back, but the whole block is still its own */
    if (tine__ch_ring_hands_back(r, s, false)) TINE__CH_STORE(slot.item, 0, RELAXED);
    /* RELEASE, partner: tine__ch_ring_claim_in. */
    TINE__CH_STORE(vacancies, tine__ch_tags_wide(s, tine__ch_slot_next_lap(slot)), RELEASE);
    *p = tine__ch_next(r, s, *p + 2 * (tine__ch_position)(s.per_block - 1));
    return true;
}

/* Fills up to `n` slots in one claim; *done is how many. */
TINE__CH_HOT tine__ch_result tine__ch_ring_push_n(tine__ch_ring *r, tine__ch_shape s,
                                                  const void *items, size_t n, size_t *done,
                                                  bool many)
{
    unsigned step = 0;
    const unsigned char *from = (const unsigned char *)items;
    tine__ch_position t = TINE__CH_LOAD(&r->tail, RELAXED), end;
    for (;; t = TINE__CH_LOAD(&r->tail, RELAXED)) {
        size_t k = 0;
        *done = 0;
        if (many && (t & TINE__CH_SHUT_BIT)) return TINE__CH_SHUT;
        for (end = t; k < n; k++, end = tine__ch_next(r, s, end)) {
            while (!many && n - k >= s.per_block &&
                   tine__ch_block_fill(r, s, &end, from + k * s.item))
                k += s.per_block;
            if (k == n) break;
            tine__ch_slot slot = tine__ch_slot_at(r, s, end);
            /* as in tine__ch_ring_claim_in */
            if (TINE__CH_LOAD(slot.vacancy, ACQUIRE) != slot.lap) break;
            if (!many) { /* the slot is this thread's already: one pass is enough */
                memcpy(slot.item, from + k * s.item, s.item);
                TINE__CH_STORE(slot.tag, slot.lap, RELEASE); /* partner: tine__ch_ring_claim_out */
            }
        }
        *done = k;
        if (k == 0 && (!many || TINE__CH_LOAD(&r->tail, RELAXED) == t)) return TINE__CH_AGAIN;
        if (!many) {
            TINE__CH_STORE(&r->tail, end, RELAXED);
            return TINE__CH_OK;
        }
        /* RELAXED: as in tine__ch_ring_claim_in. The slots seen free are still, if the tail is. */
        if (k > 0 && __atomic_compare_exchange_n(&r->tail, &t, end, false, __ATOMIC_RELAXED,
                                                 __ATOMIC_RELAXED))
            break;
        step = tine__ch_lost_race(step);
    }
    for (size_t i = 0; i < *done; i++, t = tine__ch_next(r, s, t)) {
        tine__ch_slot slot = tine__ch_slot_at(r, s, t);
        memcpy(slot.item, from + i * s.item, s.item);
        TINE__CH_STORE(slot.tag, slot.lap, RELEASE); /* partner: tine__ch_ring_claim_out */
    }
    return TINE__CH_OK;
}

/* Empties up to `n` slots in one claim; *done is how many. */
TINE__CH_HOT tine__ch_result tine__ch_ring_pop_n(tine__ch_ring *r, tine__ch_shape s, void *items,
                                                 size_t n, size_t *done, bool many)
{
    unsigned step = 0;
    unsigned char *to = (unsigned char *)items;
    tine__ch_position h = TINE__CH_LOAD(&r->head, RELAXED), end;
    for (;; h = TINE__CH_LOAD(&r->head, RELAXED)) {
        size_t k = 0;
        for (end = h; k < n; k++, end = tine__ch_next(r, s, end)) {
            while (!many && n - k >= s.per_block &&
                   tine__ch_block_empty(r, s, &end, to + k * s.item))
                k += s.per_block;
            if (k == n) break;
            tine__ch_slot slot = tine__ch_slot_at(r, s, end);
            /* as in tine__ch_ring_claim_out */
            if (TINE__CH_LOAD(slot.tag, ACQUIRE) != slot.lap) break;
            if (!many) {
                memcpy(to + k * s.item, slot.item, s.item);
                tine__ch_ring_hand_back(r, s, slot, many);
                /* tine__ch_ring_claim_in */
                TINE__CH_STORE(slot.vacancy, tine__ch_slot_next_lap(slot), RELEASE);
            }
        }
        *done = k;
        if (k == 0 && (!many || TINE__CH_LOAD(&r->head, RELAXED) == h)) return TINE__CH_AGAIN;
        if (!many) {
            TINE__CH_STORE(&r->head, end, RELAXED);
            return TINE__CH_OK;
        }
        if (k > 0 && __atomic_compare_exchange_n(&r->head, &h, end, false, __ATOMIC_RELAXED,
                                                 __ATOMIC_RELAXED))
            break;
        step = tine__ch_lost_race(step);
    }
    for (size_t i = 0; i < *done; i++, h = tine__ch_next(r, s, h)) {
        tine__ch_slot slot = tine__ch_slot_at(r, s, h);
        memcpy(to + i * s.item, slot.item, s.item);
        tine__ch_ring_hand_back(r, s, slot, many);
        /* tine__ch_ring_claim_in */
        TINE__CH_STORE(slot.vacancy, tine__ch_slot_next_lap(slot), RELEASE);
    }
    return TINE__CH_OK;
}

/*
 * Overwriting send on a ring without a free slot: claims `tail` first (so that a close refuses it
 * whole), then the oldest item, at the same slot one lap ago, as a consumer would. At most one item
 * is displaced. If a consumer has claimed it, waits for that one to copy it out.
 * TINE__CH_AGAIN: not full any more, or another producer is at it.
 */
TINE__CH_HOT tine__ch_result tine__ch_ring_displace(tine__ch_ring *r, tine__ch_shape s,
                                                    const void *item, void *victim, bool *displaced,
                                                    bool many)
{
    tine__ch_position t = TINE__CH_LOAD(&r->tail, RELAXED);
    if (many && (t & TINE__CH_SHUT_BIT)) return TINE__CH_SHUT;
    tine__ch_position oldest = t - r->mask - 1;
    if (TINE__CH_LOAD(&r->head, RELAXED) != oldest) return TINE__CH_AGAIN; /* a claim verifies it */
    tine__ch_slot slot = tine__ch_slot_at(r, s, t);
    /* RELAXED: claims only, as in tine__ch_ring_claim_in and _out. */
    if (many && !__atomic_compare_exchange_n(&r->tail, &t, tine__ch_next(r, s, t), false,
                                             __ATOMIC_RELAXED, __ATOMIC_RELAXED))
        return TINE__CH_AGAIN;
    unsigned char before = (slot.lap - 1) & TINE__CH_LAPS;
    unsigned step = 0;
    for (;;) {
        /* ACQUIRE twice, partners: tine__ch_ring_vacate: a consumer was first; _publish. */
        if (TINE__CH_LOAD(slot.vacancy, ACQUIRE) == slot.lap) break;
        if (TINE__CH_LOAD(slot.tag, ACQUIRE) == before && !*displaced &&
            __atomic_compare_exchange_n(&r->head, &oldest, tine__ch_next(r, s, oldest), false,
                                        __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
            memcpy(victim, slot.item, s.item);
            *displaced = true;
            /* RELAXED: the slot goes on to a consumer, by its tag, who writes it next. */
            TINE__CH_STORE(slot.vacancy, slot.lap, RELAXED);
            break;
        }
        oldest = t - r->mask - 1;
        tine__ch_backoff(&step);
        if (step == TINE__CH_BACKOFF_MAX) sched_yield();
    }
    memcpy(slot.item, item, s.item);
    TINE__CH_STORE(slot.tag, slot.lap, RELEASE); /* partner: tine__ch_ring_claim_out */
    if (!many)                                   /* as in tine__ch_ring_claim_in */
        TINE__CH_STORE(&r->tail, tine__ch_next(r, s, t), RELAXED);
    return TINE__CH_OK;
}

TINE__CH_API size_t tine__ch_ring_blocks(tine__ch_shape s, size_t capacity)
{
    return (capacity - 1) / s.per_block + 1;
}

/* Offset of the vacancies, which share no line with items. */
TINE__CH_API size_t tine__ch_vacancies_at(tine__ch_shape s, size_t blocks)
{
    return tine__ch_round_up(blocks * s.stride, TINE__CH_LINE);
}

/* Bytes that slots for `capacity` need, alignment included; 0 if that is no valid capacity. */
TINE__CH_API size_t tine__ch_ring_memory(tine__ch_shape s, size_t capacity)
{
    if (capacity == 0) return 0;
    size_t blocks = tine__ch_ring_blocks(s, capacity);
    size_t both = s.stride + ((size_t)1 << s.bits); /* slots and vacancies of a block */
    size_t ahead = tine__ch_blocks_ahead(s) << s.bits;
    if (blocks > ((size_t)PTRDIFF_MAX - s.align - 2 * TINE__CH_LINE - ahead) / both) return 0;
    /* At least 8 laps before positions run over. */
    if (blocks > ((tine__ch_position)-1 >> (1 + s.bits + 4))) return 0;
    return tine__ch_vacancies_at(s, blocks) +
           tine__ch_round_up((blocks << s.bits) + ahead, TINE__CH_LINE) + s.align - 1;
}

/*
 * How many pauses a side waits for the other: one for so many slots, none below 16. A pause is long (26 ns on Zen 5) and one
 * producer and one consumer are quick: waits as long as a lap of theirs would have each of them find the ring full
 * and empty by turns, and one stand while the other works. In turns, ns an item of 8, 16, 40, 64 bytes by such pairs on
 * near cores, capacity 1024: 16 slots a pause 1.89, 2.4, 2.4, 2.24; 32 1.28, 1.53, 1.61, 2.24; 64 slots 1.21, -, -, 2.6;
 * 128 slots 1.38, -, -, 3.6. Capacity 64: 3.5, 2.9, 2.6, 2.6 with 8 bytes. From 2048 on there is no difference.
 */
#define TINE__CH_DRAIN_SHARE 16
#define TINE__CH_DRAIN_SHARE_OF_PAIR 32
#define TINE__CH_DRAIN_MAX 64
TINE__CH_API unsigned tine__ch_ring_drain(size_t capacity, bool pair)
{
    size_t pauses = capacity / (pair ? TINE__CH_DRAIN_SHARE_OF_PAIR : TINE__CH_DRAIN_SHARE);
    if (pauses == 0 && capacity >= TINE__CH_DRAIN_SHARE) pauses = 1;
    return (unsigned)(pauses < TINE__CH_DRAIN_MAX ? pauses : TINE__CH_DRAIN_MAX);
}

/* The state of ring.h's protocol: every slot of the ring is free for the first lap. */
TINE__CH_API void tine__ch_ring_set(tine__ch_ring *r, tine__ch_shape s)
{
    size_t blocks = tine__ch_ring_blocks(s, r->capacity), slots = blocks * s.per_block;
    r->first = (tine__ch_position)(2 * (slots - r->capacity));
    r->last = (tine__ch_position)(((blocks - 1) << s.bits | (s.per_block - 1)) << 1);
    for (r->lap_shift = 1 + s.bits; r->last >> r->lap_shift; r->lap_shift++) continue;
    r->mask = ((tine__ch_position)1 << r->lap_shift) - 1;
    r->tail = r->head = ((tine__ch_position)TINE__CH_FIRST_LAP << r->lap_shift) + r->first;
    unsigned char lap = tine__ch_slot_at(r, s, r->tail).lap, before = (lap - 1) & TINE__CH_LAPS;
    for (size_t b = 0; b < blocks; b++) {
        memset(r->slots + b * s.stride, before, s.per_block);
        memset(r->vacancies + (b << s.bits), lap, s.per_block);
    }
    memset(r->vacancies + (blocks << s.bits), TINE__CH_NO_LAP, tine__ch_blocks_ahead(s) << s.bits);
}

#endif
