/*
 * Waiting: the hub that every channel has, with its two queues of waiters (receivers, senders), and
 * the ways in and out of them. Relies on os.h for sleeping.
 *
 * The hand-shake between a thread that changes a channel and one that goes to sleep on it is
 * Dekker's, and asymmetric:
 *
 *     changer (fast path, tine__ch_changed)         waiter (tine__ch_await, tine_select)
 *     publish the item or the free slot          join the queue: attention[side] += 2
 *     light fence (nothing, see below)           heavy fence
 *     read attention[side]; wake one if any      attempt once more; sleep only if it fails
 *
 * One of the two sees the other. The heavy fence is membarrier(2), which puts a full fence into
 * every running thread, so that the fast path needs none: it pays one load. Where membarrier is
 * missing, bit 0 of `attention` is set for good and both sides use full fences (a read-modify-write
 * is not one on AArch64). Model: test/channel/models/sleep.pml.
 *
 * Wake-ups are counted: a change wakes one waiter, a batch of n at most n, and a woken waiter has
 * left the queue, so that the next change wakes another one or pays nothing. Two hand-overs keep a
 * wake-up from being lost: a waiter that was chosen but got what it wanted by its own last attempt
 * wakes the next (tine__ch_leave); and one whose wait has ended wakes the next if there is more
 * (tine__ch_pass_on), since slots that were published out of order become usable in one go, by the
 * last of their changes; or if the channel is closed. Close wakes all, but who then finds a call
 * under way sleeps again until it has ended, and its end wakes one. Model of the close and of
 * select: test/channel/models/close.pml.
 */
#ifndef TINE_CHANNEL_WAIT_H
#define TINE_CHANNEL_WAIT_H

#include <tine/channel/os.h>

/*
 * A task that sleeps in a channel must not cost its executor a worker: around a sleep these two
 * are called if the program has them. A weakref is weak only as long as the file does not call
 * them by their own name, so a file that includes this header may also use them directly. It pulls
 * nothing out of libtine.a: the runtime has them in the object of its worker loop, which is there
 * whenever a task can run.
 */
#if defined(__ELF__)
static void tine__ch_blocking_begin(void)
    __attribute__((__weakref__("tine_blocking_begin"), __unused__));
static void tine__ch_blocking_end(void)
    __attribute__((__weakref__("tine_blocking_end"), __unused__));
#define TINE__CH_HOOKED(hook) (hook != NULL)
#else
TINE__CH_API void tine__ch_blocking_begin(void)
{
}
TINE__CH_API void tine__ch_blocking_end(void)
{
}
#define TINE__CH_HOOKED(hook) 0
#endif

/* Whom a queue or an attempt belongs to. */
#define TINE__CH_RECEIVERS 0
#define TINE__CH_SENDERS 1

typedef struct tine__ch_waiter {
    struct tine__ch_waiter *next, *prev;
    tine__ch_parker *parker;
    uint32_t number; /* which channel of a select */
    bool queued;     /* under the hub's lock */
} tine__ch_waiter;

/* hub.mode */
#define TINE__CH_MODE_CLOSED 1u
#define TINE__CH_MODE_OVERWRITE 2u
/* hub.attention: 2 * length of the queue + 1 if changers must fence */
#define TINE__CH_FENCED 1u

#define TINE__CH_ALIVE 0x74696e65u
#define TINE__CH_DEAD 0xdeadc4a7u

/*
 * Invariants, under `lock`: attention[s] / 2 == number of waiters in queue[s];
 * w->queued == w is in a queue; a waiter in a queue has not been claimed by this hub.
 */
typedef struct tine__ch_hub {
    /* Read by every operation. Written by: waiters and wakers (under lock), close, init. */
    uint32_t mode;
    uint32_t attention[2];
    uint32_t alive; /* TINE__CH_ALIVE from init to destroy */
    /* From here on: slow paths only. */
    tine__ch_lock lock;
    struct {
        tine__ch_waiter *first, *last;
    } queue[2];
    uint32_t spin[2];  /* how long spinning paid of late; racy on purpose, a guess */
    uint32_t waits[2]; /* counts waits, to try a long spin now and then; likewise racy */
    uint32_t busy[2];  /* debug: a thread is inside a single-sided operation */
    const char *label;
    void (*drop)(void *item, void *arg);
    void *drop_arg;
} tine__ch_hub;

/* One try of an operation, wake-ups of the other side included. With a NULL item: would it succeed
 * now? (TINE__CH_OK or not.) */
typedef tine__ch_result (*tine__ch_attempt)(void *channel, void *item);

#define TINE__CH_SPIN_MAX 256u
#define TINE__CH_SPIN_TIGHT 48u /* first rounds */
#define TINE__CH_YIELDS 3
#define TINE__CH_RESTLESS 64

TINE__CH_API void tine__ch_hub_init(tine__ch_hub *h, const char *name,
                                    const tine_channel_options *o)
{
    memset(h, 0, sizeof *h);
    uint32_t fenced = tine__ch_fences_register() ? 0 : TINE__CH_FENCED;
    h->attention[0] = h->attention[1] = fenced;
    h->spin[0] = h->spin[1] = TINE__CH_SPIN_MAX;
    h->label = name;
    if (o) {
        h->drop = o->drop;
        h->drop_arg = o->drop_arg;
        if (o->overwrite) h->mode = TINE__CH_MODE_OVERWRITE;
    }
    tine__ch_lock_init(&h->lock);
    h->alive = TINE__CH_ALIVE;
}

/* A destroy begins. Before any item is dropped, which would wake a sender. False: init failed. */
TINE__CH_API bool tine__ch_hub_ending(const tine__ch_hub *h)
{
    if (h->alive == TINE__CH_DEAD) tine__ch_die(h->label, "destroyed twice");
    if (h->alive != TINE__CH_ALIVE) return false;
    if ((TINE__CH_LOAD(&h->attention[0], RELAXED) | TINE__CH_LOAD(&h->attention[1], RELAXED)) > 1)
        tine__ch_die(h->label, "destroyed while threads wait in it");
    return true;
}

TINE__CH_API void tine__ch_hub_destroy(tine__ch_hub *h)
{
    tine__ch_lock_destroy(&h->lock);
    h->alive = TINE__CH_DEAD;
}

TINE__CH_HOT bool tine__ch_hub_closed(const tine__ch_hub *h)
{
    return (TINE__CH_LOAD(&h->mode, ACQUIRE) & TINE__CH_MODE_CLOSED) !=
           0; /* partner: tine__ch_hub_close */
}

/* Debug builds: the channel is alive. */
TINE__CH_HOT void tine__ch_check_alive(const tine__ch_hub *h)
{
    (void)h;
#if TINE_CHANNEL_DEBUG
    uint32_t alive = TINE__CH_LOAD(&h->alive, RELAXED);
    if (alive == TINE__CH_DEAD) tine__ch_die(h->label, "used after destroy");
    if (alive != TINE__CH_ALIVE) tine__ch_die(NULL, "used before init");
#endif
}

/* Debug builds: it is, and a single-sided operation is alone on its side. */
TINE__CH_HOT void tine__ch_enter(tine__ch_hub *h, int side, bool single)
{
    (void)side, (void)single;
    tine__ch_check_alive(h);
#if TINE_CHANNEL_DEBUG
    /* RELAXED: finds misuse only, orders nothing. */
    if (single && __atomic_exchange_n(&h->busy[side], 1, __ATOMIC_RELAXED))
        tine__ch_die(h->label, side == TINE__CH_SENDERS
                                   ? "two producers at once on a single-producer channel"
                                   : "two consumers at once on a single-consumer channel");
#endif
}

TINE__CH_HOT void tine__ch_exit(tine__ch_hub *h, int side, bool single)
{
    (void)h, (void)side, (void)single;
#if TINE_CHANNEL_DEBUG
    if (single) TINE__CH_STORE(&h->busy[side], 0, RELAXED); /* partner: tine__ch_enter */
#endif
}

TINE__CH_API void tine__ch_queue_push(tine__ch_hub *h, int side, tine__ch_waiter *w)
{
    w->next = NULL;
    w->prev = h->queue[side].last;
    if (w->prev) {
        w->prev->next = w;
    } else {
        h->queue[side].first = w;
    }
    h->queue[side].last = w;
    w->queued = true;
    /* SEQ_CST read-modify-write: with fences both sides do one on this word
     * (tine__ch_changed_slow), so the later one has the earlier one's view. Also read by
     * tine__ch_changed. */
    __atomic_fetch_add(&h->attention[side], 2, __ATOMIC_SEQ_CST);
}

TINE__CH_API void tine__ch_queue_remove(tine__ch_hub *h, int side, tine__ch_waiter *w)
{
    if (w->next) {
        w->next->prev = w->prev;
    } else {
        h->queue[side].last = w->prev;
    }
    if (w->prev) {
        w->prev->next = w->next;
    } else {
        h->queue[side].first = w->next;
    }
    w->queued = false;
    /* RELAXED: under the lock; a changer that reads the old value takes the lock in vain. */
    __atomic_fetch_sub(&h->attention[side], 2, __ATOMIC_RELAXED);
}

/* Wakes up to `n` waiters of one side, the longest waiting first. Returns how many. */
TINE__CH_COLD size_t tine__ch_wake(tine__ch_hub *h, int side, size_t n)
{
    size_t woken = 0;
    int saved = errno;
    while (woken < n) {
        tine__ch_parker *chosen = NULL;
        tine__ch_lock_acquire(&h->lock);
        while (!chosen && h->queue[side].first) {
            tine__ch_waiter *w = h->queue[side].first;
            tine__ch_parker *parker = w->parker;
            tine__ch_queue_remove(h, side, w);
            /* Fails for a select that another channel has woken: take the next one. */
            if (tine__ch_parker_claim(parker, w->number)) chosen = parker;
        }
        tine__ch_lock_release(&h->lock);
        if (!chosen) break;
        tine__ch_parker_kick(chosen);
        woken++;
    }
    errno = saved;
    return woken;
}

TINE__CH_COLD void tine__ch_changed_slow(tine__ch_hub *h, int side, size_t n)
{
    uint32_t attention = TINE__CH_LOAD(&h->attention[side], RELAXED);
    if (attention & TINE__CH_FENCED) {
#if TINE__CH_TSAN
        /* SEQ_CST read-modify-write instead of a fence, partner: tine__ch_queue_push */
        attention = __atomic_fetch_add(&h->attention[side], 0, __ATOMIC_SEQ_CST);
#else
        tine__ch_fence_full(); /* partner: tine__ch_fence_before_sleep */
        attention = TINE__CH_LOAD(&h->attention[side], RELAXED);
#endif
    }
    if (attention > TINE__CH_FENCED) tine__ch_wake(h, side, n);
}

/* `n` items or free slots were published that the waiters of `side` may want. */
TINE__CH_HOT void tine__ch_changed(tine__ch_hub *h, int side, size_t n)
{
    /* The light fence: the compiler keeps the order, membarrier makes the processor keep it. */
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    /* RELAXED, partner: tine__ch_queue_push, with the fences as above. */
    if (TINE__CH_UNLIKELY(TINE__CH_LOAD(&h->attention[side], RELAXED) != 0))
        tine__ch_changed_slow(h, side, n);
}

/*
 * The heavy fence, between joining a queue and the last attempt. False if the machine refuses it
 * all of a sudden (a seccomp filter set up later): then changers are told to fence from now on, and
 * this one sleep must not rely on a wake-up.
 */
TINE__CH_API bool tine__ch_fence_before_sleep(tine__ch_hub *h, int side)
{
    tine__ch_fence_full(); /* partner: tine__ch_changed_slow */
    if (TINE__CH_LOAD(&h->attention[side], RELAXED) & TINE__CH_FENCED) return true;
    if (TINE__CH_LIKELY(tine__ch_fence_heavy())) return true;
    __atomic_fetch_or(&h->attention[0], TINE__CH_FENCED,
                      __ATOMIC_SEQ_CST); /* tine__ch_changed_slow */
    __atomic_fetch_or(&h->attention[1], TINE__CH_FENCED, __ATOMIC_SEQ_CST);
    return false;
}

/* Out of the queue. True if a waker had chosen this waiter already. */
TINE__CH_API bool tine__ch_leave(tine__ch_hub *h, int side, tine__ch_waiter *w)
{
    tine__ch_lock_acquire(&h->lock);
    bool chosen = !w->queued;
    if (!chosen) tine__ch_queue_remove(h, side, w);
    tine__ch_lock_release(&h->lock);
    return chosen;
}

TINE__CH_API void tine__ch_park(tine__ch_parker *p, const struct timespec *deadline, bool reliable)
{
    if (TINE__CH_HOOKED(tine__ch_blocking_begin)) tine__ch_blocking_begin();
    if (reliable) {
        tine__ch_parker_sleep(p, deadline);
    } else {
        tine__ch_sleep_briefly();
    }
    if (TINE__CH_HOOKED(tine__ch_blocking_end)) tine__ch_blocking_end();
}

/* How many rounds to spin: what paid of late, and now and then the full length to learn anew. */
TINE__CH_API uint32_t tine__ch_spin_limit(tine__ch_hub *h, int side)
{
    uint32_t waits = TINE__CH_LOAD(&h->waits[side], RELAXED); /* a guess; lost updates do no harm */
    TINE__CH_STORE(&h->waits[side], waits + 1, RELAXED);
    return waits % 16 == 0 ? TINE__CH_SPIN_MAX : TINE__CH_LOAD(&h->spin[side], RELAXED);
}

TINE__CH_API void tine__ch_spin_learn(tine__ch_hub *h, int side, bool paid, uint32_t rounds)
{
    uint32_t spin = TINE__CH_LOAD(&h->spin[side], RELAXED); /* a guess, as above */
    if (!paid) {
        spin -= spin / 4;
    } else if (spin < 2 * rounds + 32) {
        spin = 2 * rounds + 32 < TINE__CH_SPIN_MAX ? 2 * rounds + 32 : TINE__CH_SPIN_MAX;
    }
    TINE__CH_STORE(&h->spin[side], spin, RELAXED);
}

/*
 * May this wait yield? When others keep the processor for long after a yield, whole time slices of
 * theirs would come before a wake-up: then better sleep, for some waits to come. That is the
 * machine's mood and not a channel's, so one count serves all channels of a file. Racy: a guess.
 */
static uint32_t tine__ch_restless __attribute__((__unused__));

TINE__CH_API bool tine__ch_may_yield(void)
{
    uint32_t restless = TINE__CH_LOAD(&tine__ch_restless, RELAXED);
    if (restless == 0)
        return true;
    TINE__CH_STORE(&tine__ch_restless, restless - 1, RELAXED);
    return false;
}

/* Yields once. False: that took long, no more of it. */
TINE__CH_API bool tine__ch_yield(void)
{
    if (tine__ch_yield_briefly())
        return true;
    TINE__CH_STORE(&tine__ch_restless, TINE__CH_RESTLESS, RELAXED);
    return false;
}

/* The phase before sleep: spin for a partner on another core, yield for one on this core, which
 * then fills or empties the channel in one go instead of waking this thread at its first item. */
TINE__CH_API tine__ch_result tine__ch_spin(tine__ch_hub *h, int side, tine__ch_attempt attempt,
                                           void *channel, void *item)
{
    tine__ch_result r = TINE__CH_AGAIN;
    uint32_t limit = tine__ch_spin_limit(h, side);
    for (uint32_t i = 0; i < limit; i++) {
        r = attempt(channel, item);
        if (r != TINE__CH_AGAIN) {
            tine__ch_spin_learn(h, side, true, i);
            return r;
        }
        if (i >= TINE__CH_SPIN_TIGHT)
            tine__ch_pause();
    }
    tine__ch_spin_learn(h, side, false, 0);
    bool brief = tine__ch_may_yield();
    for (int i = 0; i < TINE__CH_YIELDS && brief && r == TINE__CH_AGAIN; i++) {
        brief = tine__ch_yield();
        r = attempt(channel, item);
    }
    return r;
}

TINE__CH_API tine_channel_status tine__ch_status(tine__ch_result r, tine_channel_status done)
{
    switch (r) {
    case TINE__CH_OK:
        return done;
    case TINE__CH_SHUT:
        return TINE_CHANNEL_CLOSED;
    case TINE__CH_NO_MEMORY:
        return TINE_CHANNEL_NO_MEMORY;
    default:
        return TINE_CHANNEL_TIMED_OUT;
    }
}

/*
 * After a wait that has come to an end: does it concern somebody else who sleeps? Yes if there is
 * more. Yes, too, once the channel is closed: then a sleeper waits for calls that are under way, and
 * the last of them has woken one only.
 */
TINE__CH_API void tine__ch_pass_on(tine__ch_hub *h, int side, tine__ch_attempt attempt,
                                   void *channel)
{
    tine__ch_fence_full(); /* partner: tine__ch_fence_before_sleep */
    /* ACQUIRE, partner: tine__ch_queue_push: who slept knowing of the close shows it here. */
    if (TINE__CH_LOAD(&h->attention[side], ACQUIRE) > TINE__CH_FENCED &&
        (tine__ch_hub_closed(h) || attempt(channel, NULL) == TINE__CH_OK))
        tine__ch_wake(h, side, 1);
}

/* Joins the queue, attempts once more, sleeps. Sets *expired when the deadline ended the sleep. */
TINE__CH_API tine__ch_result tine__ch_sleep_once(tine__ch_hub *h, int side,
                                                 tine__ch_attempt attempt, void *channel,
                                                 void *item, const struct timespec *deadline,
                                                 bool *expired)
{
    tine__ch_parker parker;
    tine__ch_waiter w = {NULL, NULL, &parker, 0, false};
    tine__ch_parker_init(&parker);
    tine__ch_lock_acquire(&h->lock);
    tine__ch_queue_push(h, side, &w);
    tine__ch_lock_release(&h->lock);
    bool reliable = tine__ch_fence_before_sleep(h, side);

    tine__ch_result r = attempt(channel, item);
    if (r == TINE__CH_AGAIN) {
        tine__ch_park(&parker, deadline, reliable);
        bool chosen = tine__ch_leave(h, side, &w);
        *expired = !chosen && reliable;
    } else if (tine__ch_leave(h, side, &w)) {
        tine__ch_wake(h, side, 1); /* chosen, but served by the attempt: hand the wake-up on */
    }
    tine__ch_parker_done(&parker);
    return r;
}

/* Waits until the attempt succeeds, the channel is closed for it, or the deadline. */
TINE__CH_COLD tine_channel_status tine__ch_await(tine__ch_hub *h, int side,
                                                 tine__ch_attempt attempt, void *channel,
                                                 void *item, const struct timespec *deadline)
{
    int saved = errno;
    bool expired = false;
    tine__ch_result r = tine__ch_spin(h, side, attempt, channel, item);
    while (r == TINE__CH_AGAIN && !expired) {
        r = tine__ch_sleep_once(h, side, attempt, channel, item, deadline, &expired);
        if (r == TINE__CH_AGAIN) r = attempt(channel, item);
        if (r != TINE__CH_AGAIN) tine__ch_pass_on(h, side, attempt, channel);
    }
    errno = saved;
    return tine__ch_status(r, TINE_CHANNEL_WAITED);
}

/* Closes the hub: returns false if it was closed. The flavour has shut its own gate before. */
TINE__CH_COLD bool tine__ch_hub_close(tine__ch_hub *h)
{
    /* RELEASE, partner: tine__ch_hub_closed. A waiter that joins later sees it by the lock below.
     */
    bool first = !(__atomic_fetch_or(&h->mode, TINE__CH_MODE_CLOSED, __ATOMIC_ACQ_REL) &
                   TINE__CH_MODE_CLOSED);
    tine__ch_wake(h, TINE__CH_RECEIVERS, SIZE_MAX);
    tine__ch_wake(h, TINE__CH_SENDERS, SIZE_MAX);
    return first;
}

#endif
