/*
 * One attempt of an operation on a bounded channel: which protocol serves it (ring.h, or pair.h
 * between one producer and one consumer), wake-ups of the other side, init, closing, destroying.
 * Relies on ring.h and pair.h.
 *
 * An attempt has two halves, so that the typed code (bounded.h) can move an item between its
 * variable and the slot by an assignment, and a send gives no variable's address away. An item that
 * is built in registers then goes to its slot without a way over the stack, whose loads would wait
 * for older stores to slots that look alike in their low 12 address bits: 64-byte items 12.9 ns
 * over the stack, 6.5 without.
 */
#ifndef TINE_CHANNEL_ATTEMPTS_H
#define TINE_CHANNEL_ATTEMPTS_H

#include <tine/channel/pair.h>

/* `pair`: one producer and one consumer (pair.h, unless the ring overwrites). */
TINE__CH_API int tine__ch_ring_init(tine__ch_ring *r, tine__ch_shape s, size_t capacity, bool pair,
                                    const char *name, const tine_channel_options *o)
{
    memset(r, 0, sizeof *r);
    if (capacity == 0) return EINVAL;
    size_t size = tine__ch_ring_memory(s, capacity);
    if (size == 0) return EOVERFLOW;
    if (o && o->memory) {
        if (o->memory_size < size) return EINVAL;
        r->slots =
            (unsigned char *)(((uintptr_t)o->memory + s.align - 1) & ~(uintptr_t)(s.align - 1));
    } else {
        r->slots = (unsigned char *)tine__ch_slots_new(size - (s.align - 1), s.align, &r->owned);
        if (!r->slots) return ENOMEM;
    }
    size_t blocks = tine__ch_ring_blocks(s, capacity);
    r->capacity = capacity;
    r->end = r->slots + blocks * s.stride;
    r->migratory = tine__ch_migratory();
    if (!(o && o->overwrite)) r->drain = tine__ch_ring_drain(capacity, pair);
    for (size_t b = 0; b < blocks; b++) memset(r->slots + b * s.stride, 0, s.items_at);
    r->vacancies = r->slots + tine__ch_vacancies_at(s, blocks);
    memset(r->vacancies, 0, blocks << s.bits);
    r->full_at = TINE__CH_NO_POSITION;
    bool overwrites = o && o->overwrite;
    if (!pair || overwrites) tine__ch_ring_set(r, s);
    if (pair) tine__ch_pair_set(r, s, !overwrites);
    tine__ch_hub_init(&r->hub, name, o);
    return 0;
}

/* In an overwriting ring producers take items out as well. */
TINE__CH_HOT bool tine__ch_ring_many_out(const tine__ch_ring *r, bool many_out)
{
    return many_out || tine__ch_ring_overwrites(r);
}

/* Is the ring between one producer and one consumer, none of them in two roles? */
TINE__CH_HOT bool tine__ch_ring_paired(const tine__ch_ring *r, bool many_in, bool many_out)
{
    return !many_in && !many_out && !tine__ch_ring_overwrites(r);
}

/* A closed or overwriting channel: what the typed fast paths leave to tine__ch_ring_try_push and
 * _pop. ACQUIRE, partner: tine__ch_hub_close. */
TINE__CH_HOT bool tine__ch_ring_odd(const tine__ch_ring *r)
{
    return TINE__CH_UNLIKELY(TINE__CH_LOAD(&r->hub.mode, ACQUIRE) != 0);
}

/* First half of sending, if the channel is not odd or has many producers: a slot to fill. */
TINE__CH_HOT tine__ch_result tine__ch_ring_begin_push(tine__ch_ring *r, tine__ch_shape s,
                                                      tine__ch_slot *slot, bool many_in,
                                                      bool many_out)
{
    return many_in || many_out ? tine__ch_ring_claim_in(r, s, slot, many_in)
                               : tine__ch_pair_room(r, s, slot);
}

/* Second half: the slot is full, its waiters are told. */
TINE__CH_HOT void tine__ch_ring_end_push(tine__ch_ring *r, tine__ch_shape s, tine__ch_slot slot,
                                         bool many_in, bool many_out)
{
    if (many_in || many_out) {
        tine__ch_ring_publish(r, s, slot, many_in);
    } else {
        tine__ch_pair_publish(r, s, slot);
    }
    tine__ch_changed(&r->hub, TINE__CH_RECEIVERS, 1);
}

/* First half of receiving, if the channel does not overwrite or has many consumers: a slot to
 * empty. Does not look whether the channel is closed. */
TINE__CH_HOT tine__ch_result tine__ch_ring_begin_pop(tine__ch_ring *r, tine__ch_shape s,
                                                     tine__ch_slot *slot, bool many_in,
                                                     bool many_out)
{
    return many_in || many_out ? tine__ch_ring_claim_out(r, s, slot, many_out)
                               : tine__ch_pair_look(r, s, slot);
}

TINE__CH_HOT void tine__ch_ring_end_pop(tine__ch_ring *r, tine__ch_shape s, tine__ch_slot slot,
                                        bool many_in, bool many_out)
{
    if (many_in || many_out) {
        tine__ch_ring_vacate(r, s, slot, many_out);
    } else {
        tine__ch_pair_vacate(r, s, slot);
    }
    tine__ch_changed(&r->hub, TINE__CH_SENDERS, 1);
}

/* RELAXED: see the callers. */
TINE__CH_HOT tine__ch_position tine__ch_ring_head(const tine__ch_ring *r, bool paired)
{
    return TINE__CH_LOAD(paired ? &r->pair_head : &r->head, RELAXED);
}

/* `tail` without what closing adds (with one producer nothing). */
TINE__CH_HOT tine__ch_position tine__ch_ring_tail(const tine__ch_ring *r, bool many_in)
{
    tine__ch_position tail = TINE__CH_LOAD(&r->tail, RELAXED);
    return many_in ? tail & ~TINE__CH_SHUT_BIT : tail;
}

/* By a consumer of a ring that does not overwrite, for tine__ch_may_gather: where it stands; for
 * tine__ch_let_gather: a count of what was taken, or (if not paired) of the slots that were passed. */
TINE__CH_HOT size_t tine__ch_ring_place(const tine__ch_ring *r, bool many_in, bool many_out)
{
    return (size_t)tine__ch_ring_head(r, !many_in && !many_out);
}

TINE__CH_HOT size_t tine__ch_ring_taken(const tine__ch_ring *r, tine__ch_shape s, bool many_in,
                                        bool many_out)
{
    bool paired = !many_in && !many_out;
    tine__ch_position place = tine__ch_ring_head(r, paired);
    return paired ? tine__ch_pair_items(s, 0, place) : (size_t)(place >> 1);
}

/* Both halves, for channels of any mode and for the callers that know an item by its address. */
TINE__CH_HOT tine__ch_result tine__ch_ring_try_push(tine__ch_ring *r, tine__ch_shape s,
                                                    const void *item, bool many_in, bool many_out)
{
    tine__ch_slot slot;
    if (!many_in && TINE__CH_UNLIKELY(tine__ch_hub_closed(&r->hub))) return TINE__CH_SHUT;
    /* Whose protocol: an overwriting ring's consumers are many, whatever its flavour. */
    many_out = tine__ch_ring_many_out(r, many_out);
    tine__ch_result result = tine__ch_ring_begin_push(r, s, &slot, many_in, many_out);
    if (result != TINE__CH_OK) return result;
    memcpy(slot.item, item, s.item);
    tine__ch_ring_end_push(r, s, slot, many_in, many_out);
    return TINE__CH_OK;
}

TINE__CH_HOT tine__ch_result tine__ch_ring_try_pop(tine__ch_ring *r, tine__ch_shape s, void *item,
                                                   bool many_in, bool many_out)
{
    tine__ch_slot slot;
    many_out = tine__ch_ring_many_out(r, many_out); /* as in tine__ch_ring_try_push */
    tine__ch_result result = tine__ch_ring_begin_pop(r, s, &slot, many_in, many_out);
    if (result != TINE__CH_OK) return result;
    memcpy(item, slot.item, s.item);
    tine__ch_ring_end_pop(r, s, slot, many_in, many_out);
    return TINE__CH_OK;
}

/* No more claims by producers after this. With one producer, whose tail is its own, only the hub's
 * mode says so (tine__ch_ring_odd). */
TINE__CH_API void tine__ch_ring_close(tine__ch_ring *r, bool many_in)
{
    /* RELAXED, partner: the claims in tine__ch_ring_claim_in and tine__ch_ring_displace. */
    if (many_in) __atomic_fetch_or(&r->tail, TINE__CH_SHUT_BIT, __ATOMIC_RELAXED);
    tine__ch_hub_close(&r->hub);
}

TINE__CH_HOT size_t tine__ch_ring_peek(const tine__ch_ring *r, tine__ch_shape s, bool many_in,
                                       bool many_out)
{
    bool paired = tine__ch_ring_paired(r, many_in, many_out);
    /* RELAXED: an estimate; a side that calls it has its own counter exactly. */
    tine__ch_position head = tine__ch_ring_head(r, paired);
    tine__ch_position tail = tine__ch_ring_tail(r, many_in);
    if (!paired) return tine__ch_distance(r, s, tail, head);
    /* The consumer may be ahead: an item is published before `tail` (tine__ch_pair_publish). */
    if ((tine__ch_position)(tail - head) > (tine__ch_position)-1 / 2) return 0;
    size_t n = tine__ch_pair_items(s, head, tail);
    return n < r->capacity ? n : r->capacity;
}

/* As tine__ch_ring_try_pop; TINE__CH_SHUT when closed and nothing is left or on its way. */
TINE__CH_HOT tine__ch_result tine__ch_ring_take(tine__ch_ring *r, tine__ch_shape s, void *item,
                                                bool many_in, bool many_out)
{
    tine__ch_result result = tine__ch_ring_try_pop(r, s, item, many_in, many_out);
    if (result != TINE__CH_AGAIN || !tine__ch_hub_closed(&r->hub)) return result;
    /* Closed, so `tail` stands still; anything sent before the close is seen now. */
    result = tine__ch_ring_try_pop(r, s, item, many_in, many_out);
    if (result != TINE__CH_AGAIN) return result;
    bool paired = tine__ch_ring_paired(r, many_in, many_out);
    tine__ch_position head = tine__ch_ring_head(r, paired), tail = tine__ch_ring_tail(r, many_in);
    bool empty = paired ? tine__ch_pair_items(s, head, tail) == 0 : head == tail;
    return empty ? TINE__CH_SHUT : TINE__CH_AGAIN;
}

/* Arrays, wake-ups included. */
TINE__CH_HOT size_t tine__ch_ring_push_once(tine__ch_ring *r, tine__ch_shape s, const void *items,
                                            size_t n, bool many_in, bool many_out)
{
    size_t done = 0;
    if (tine__ch_ring_paired(r, many_in, many_out)) return tine__ch_pair_push_n(r, s, items, n);
    tine__ch_ring_push_n(r, s, items, n, &done, many_in);
    return done;
}

TINE__CH_HOT size_t tine__ch_ring_push_array(tine__ch_ring *r, tine__ch_shape s, const void *items,
                                             size_t n, bool many_in, bool many_out)
{
    size_t done = tine__ch_ring_push_once(r, s, items, n, many_in, many_out);
    if (TINE__CH_UNLIKELY(done == 0) && n > 0 && tine__ch_ring_let_drain(r)) {
        done = tine__ch_ring_push_once(r, s, items, n, many_in, many_out);
        if (done == 0) tine__ch_ring_still_full(r);
    }
    if (done > 0) tine__ch_changed(&r->hub, TINE__CH_RECEIVERS, done);
    return done;
}

TINE__CH_HOT size_t tine__ch_ring_pop_array(tine__ch_ring *r, tine__ch_shape s, void *items,
                                            size_t n, bool many_in, bool many_out)
{
    size_t done = 0;
    if (tine__ch_ring_many_out(r, many_out)) {
        tine__ch_ring_pop_n(r, s, items, n, &done, true);
    } else if (!many_in) {
        done = tine__ch_pair_pop_n(r, s, items, n);
    } else {
        tine__ch_ring_pop_n(r, s, items, n, &done, false);
    }
    if (done > 0) tine__ch_changed(&r->hub, TINE__CH_SENDERS, done);
    return done;
}

/* Would an attempt to send, to receive, succeed now? */
TINE__CH_HOT tine__ch_result tine__ch_ring_probe(const tine__ch_ring *r, tine__ch_shape s, int side,
                                                 bool many_in, bool many_out)
{
    /* RELAXED positions and ACQUIRE tags as in tine__ch_ring_claim_in and _out. */
    bool senders = side == TINE__CH_SENDERS;
    if (tine__ch_ring_paired(r, many_in, many_out)) return tine__ch_pair_probe(r, s, senders);
    tine__ch_position p = TINE__CH_LOAD(senders ? &r->tail : &r->head, RELAXED);
    tine__ch_slot slot = tine__ch_slot_at(r, s, p);
    return TINE__CH_LOAD(senders ? slot.vacancy : slot.tag, ACQUIRE) == slot.lap ? TINE__CH_OK
                                                                                 : TINE__CH_AGAIN;
}

/* Overwriting send. TINE__CH_OK or TINE__CH_SHUT. */
TINE__CH_COLD tine__ch_result tine__ch_ring_send_over(tine__ch_ring *r, tine__ch_shape s,
                                                      const void *item, void *victim,
                                                      bool *displaced, bool many_in)
{
    unsigned step = 0;
    *displaced = false;
    for (;;) {
        tine__ch_result result = tine__ch_ring_try_push(r, s, item, many_in, true);
        if (result != TINE__CH_AGAIN) return result;
        result = tine__ch_ring_displace(r, s, item, victim, displaced, many_in);
        if (result == TINE__CH_OK) tine__ch_changed(&r->hub, TINE__CH_RECEIVERS, 1);
        if (result != TINE__CH_AGAIN) return result;
        tine__ch_backoff(&step); /* a consumer has claimed a slot and not emptied it */
        if (step == TINE__CH_BACKOFF_MAX) sched_yield();
    }
}

/* Drops what is left, one by one, through `scratch`; then gives the memory back. */
TINE__CH_COLD void tine__ch_ring_destroy(tine__ch_ring *r, tine__ch_shape s, void *scratch,
                                         bool many_in, bool many_out)
{
    if (!tine__ch_hub_ending(&r->hub)) return;
    while (r->hub.drop && tine__ch_ring_try_pop(r, s, scratch, many_in, many_out) == TINE__CH_OK)
        r->hub.drop(scratch, r->hub.drop_arg);
    tine__ch_hub_destroy(&r->hub);
    free(r->owned);
    r->slots = NULL;
    r->owned = NULL;
}

#endif
