/*
 * `tine_select`: receive from whichever of several channels has an item first. Relies on wait.h.
 *
 *     long n; struct job *j; size_t which;
 *     tine_select_case cases[] = {jobs_case(&jobs, &j), numbers_case(&numbers, &n)};
 *     if (tine_select(cases, 2, &which, NULL) <= TINE_CHANNEL_WAITED) ... which ...
 *
 * Fair: which case is looked at first is drawn anew for each call, so none is starved by the ones
 * beside it. The calling thread must be allowed to receive from each channel. A case whose `channel`
 * is NULL is passed over (the way to take a channel that is closed out of a loop).
 */
#ifndef TINE_CHANNEL_SELECT_H
#define TINE_CHANNEL_SELECT_H

#include <tine/channel/wait.h>

/* Made by `NAME_case(channel, item)`; the fields but `channel` are Tine's. */
typedef struct tine_select_case {
    void *channel;
    void *item;
    tine__ch_hub *hub;
    tine__ch_attempt receive;
    bool single; /* the channel's consumers are one at a time */
} tine_select_case;

/* More cases than this need memory for their waiters. */
#define TINE__CH_SELECT_SMALL 16

/*
 * Where a select begins: a hash of a count of calls, as the count itself would have threads that call
 * several selects by turns begin each of them at the same case always. Not a thread's own count,
 * since tasks must not use thread-local variables; but threads seldom share one, stacks being apart.
 * Racy: only a guess. (A cycle counter takes 10 ns to read, a send and a select 14 together.)
 */
#define TINE__CH_TURNS_BITS 3
static struct tine__ch_turn {
    uint32_t calls;
    char apart[TINE__CH_LINE - sizeof(uint32_t)];
} tine__ch_turns[1 << TINE__CH_TURNS_BITS] __attribute__((__unused__));

TINE__CH_API size_t tine__ch_select_start(size_t n)
{
    uint32_t stack = (uint32_t)((uintptr_t)__builtin_frame_address(0) >> 16) * 0x9e3779b9u;
    uint32_t *calls = &tine__ch_turns[stack >> (32 - TINE__CH_TURNS_BITS)].calls;
    uint32_t x = TINE__CH_LOAD(calls, RELAXED); /* a guess; lost updates do no harm */
    TINE__CH_STORE(calls, x + 1, RELAXED);
    x = (x ^ x >> 16) * 0x7feb352du;
    x = (x ^ x >> 15) * 0x846ca68bu;
    return (x ^ x >> 16) % n;
}

/* Debug builds: of all cases of a channel, the one that stands for it in the checks. */
TINE__CH_API bool tine__ch_select_stands(const tine_select_case *cases, size_t k)
{
    if (!cases[k].channel) return false;
    for (size_t i = 0; i < k; i++)
        if (cases[i].channel && cases[i].hub == cases[k].hub) return false;
    return true;
}

/* Debug builds: the caller is a consumer of each channel until tine__ch_select_exit. */
TINE__CH_API void tine__ch_select_enter(const tine_select_case *cases, size_t n)
{
    for (size_t k = 0; TINE_CHANNEL_DEBUG && k < n; k++)
        if (tine__ch_select_stands(cases, k))
            tine__ch_enter(cases[k].hub, TINE__CH_RECEIVERS, cases[k].single);
}

TINE__CH_API void tine__ch_select_exit(const tine_select_case *cases, size_t n)
{
    for (size_t k = 0; TINE_CHANNEL_DEBUG && k < n; k++)
        if (tine__ch_select_stands(cases, k))
            tine__ch_exit(cases[k].hub, TINE__CH_RECEIVERS, cases[k].single);
}

/* One attempt on each case, from `start` (< n) on. TINE__CH_AGAIN if none was ready. */
TINE__CH_API tine__ch_result tine__ch_select_poll(tine_select_case *cases, size_t n, size_t start,
                                                  size_t *which)
{
    for (size_t i = 0, k = start; i < n; i++, k = k + 1 < n ? k + 1 : 0) {
        if (!cases[k].channel) continue;
        tine__ch_result r = cases[k].receive(cases[k].channel, cases[k].item);
        if (r != TINE__CH_AGAIN) {
            *which = k;
            return r;
        }
    }
    return TINE__CH_AGAIN;
}

/* Joins every queue. Returns what tine__ch_fence_before_sleep says. */
TINE__CH_API bool tine__ch_select_join(tine_select_case *cases, tine__ch_waiter *waiters, size_t n,
                                       tine__ch_parker *parker)
{
    bool reliable = true, fenced = false;
    for (size_t k = 0; k < n; k++) {
        if (!cases[k].channel) continue;
        waiters[k].parker = parker;
        waiters[k].number = (uint32_t)k;
        tine__ch_lock_acquire(&cases[k].hub->lock);
        tine__ch_queue_push(cases[k].hub, TINE__CH_RECEIVERS, &waiters[k]);
        tine__ch_lock_release(&cases[k].hub->lock);
    }
    for (size_t k = 0; k < n && !fenced; k++) {
        if (!cases[k].channel) continue;
        /* One heavy fence serves all hubs; they agree on whether there is one, or do not need it.
         */
        fenced = !(TINE__CH_LOAD(&cases[k].hub->attention[0], RELAXED) & TINE__CH_FENCED);
        reliable = tine__ch_fence_before_sleep(cases[k].hub, TINE__CH_RECEIVERS);
    }
    return reliable;
}

/* Leaves every queue: no wake-up comes any more. */
TINE__CH_API void tine__ch_select_leave(tine_select_case *cases, tine__ch_waiter *waiters, size_t n)
{
    for (size_t k = 0; k < n; k++)
        if (cases[k].channel) tine__ch_leave(cases[k].hub, TINE__CH_RECEIVERS, &waiters[k]);
}

/*
 * Joins all queues, polls once more, sleeps, leaves, polls. A wake-up that came, one at most, is
 * answered by a look at its channel, or handed on there. Hence the last poll after leaving: a
 * wake-up that came between that poll and the end would be lost. One that was looked at and found
 * nothing is not handed on: two selects would wake each other endlessly.
 */
TINE__CH_API tine__ch_result tine__ch_select_sleep(tine_select_case *cases,
                                                   tine__ch_waiter *waiters, size_t n, size_t start,
                                                   size_t *which, const struct timespec *deadline,
                                                   bool *expired)
{
    tine__ch_parker parker;
    tine__ch_parker_init(&parker);
    bool reliable = tine__ch_select_join(cases, waiters, n, &parker);
    tine__ch_result r = tine__ch_select_poll(cases, n, start, which);
    bool slept = r == TINE__CH_AGAIN;
    if (slept) tine__ch_park(&parker, deadline, reliable);
    tine__ch_select_leave(cases, waiters, n);
    uint32_t woken = tine__ch_parker_woken(&parker);
    tine__ch_parker_done(&parker);
    if (!slept) {
        if (woken) tine__ch_wake(cases[woken - 1].hub, TINE__CH_RECEIVERS, 1);
        return r;
    }
    *expired = woken == 0 && reliable;
    return tine__ch_select_poll(cases, n, woken ? woken - 1 : start, which);
}

/* tine_select, none of whose cases was ready at the first look; `first` has a channel. */
TINE__CH_API tine_channel_status tine__ch_select_await(tine_select_case *cases, size_t n,
                                                       size_t first, size_t start, size_t *which,
                                                       const struct timespec *deadline)
{
    tine__ch_waiter few[TINE__CH_SELECT_SMALL], *waiters = few;
    tine__ch_result r = TINE__CH_AGAIN;
    bool expired = false;
    int saved = errno;
    uint32_t limit = tine__ch_spin_limit(cases[first].hub, TINE__CH_RECEIVERS);
    for (uint32_t i = 0; i < limit && r == TINE__CH_AGAIN; i++) {
        if (i >= TINE__CH_SPIN_TIGHT) tine__ch_pause();
        r = tine__ch_select_poll(cases, n, start, which);
    }
    bool brief = tine__ch_may_yield();
    for (int i = 0; i < TINE__CH_YIELDS && brief && r == TINE__CH_AGAIN; i++) {
        brief = tine__ch_yield();
        r = tine__ch_select_poll(cases, n, start, which);
    }
    if (r == TINE__CH_AGAIN && n > TINE__CH_SELECT_SMALL) {
        waiters = (tine__ch_waiter *)malloc(n * sizeof *waiters);
        if (!waiters) r = TINE__CH_NO_MEMORY;
    }
    while (r == TINE__CH_AGAIN && !expired)
        r = tine__ch_select_sleep(cases, waiters, n, start, which, deadline, &expired);
    if (waiters != few) free(waiters);
    if (r == TINE__CH_OK || r == TINE__CH_SHUT)
        tine__ch_pass_on(cases[*which].hub, TINE__CH_RECEIVERS, cases[*which].receive,
                         cases[*which].channel);
    errno = saved;
    return tine__ch_status(r, TINE_CHANNEL_WAITED);
}

/*
 * Waits until a case can receive, receives, and says which in `*which`.
 *   TINE_CHANNEL_DONE, _WAITED  an item is in the case's `item`
 *   TINE_CHANNEL_CLOSED         the channel of case `*which` is closed and drained; or no case has
 *                               a channel (`*which` is then `n`)
 *   TINE_CHANNEL_TIMED_OUT      `deadline` (CLOCK_MONOTONIC, NULL: none) passed first
 *   TINE_CHANNEL_NO_MEMORY      more than 16 cases and no memory to wait on them
 */
TINE__CH_API tine_channel_status tine_select(tine_select_case *cases, size_t n, size_t *which,
                                             const struct timespec *deadline)
{
    size_t first = 0;
    *which = n;
    while (first < n && !cases[first].channel) first++;
    if (first == n) return TINE_CHANNEL_CLOSED;

    tine__ch_select_enter(cases, n);
    size_t start = tine__ch_select_start(n);
    tine__ch_result r = tine__ch_select_poll(cases, n, start, which);
    tine_channel_status status = tine__ch_status(r, TINE_CHANNEL_DONE);
    if (r == TINE__CH_AGAIN)
        status = tine__ch_select_await(cases, n, first, start, which, deadline);
    tine__ch_select_exit(cases, n);
    return status;
}

#endif
