/*
 * `tine_select`: receive from whichever of several channels has an item first. Relies on wait.h.
 *
 *     long n; struct job *j; size_t which;
 *     tine_select_case cases[] = {jobs_case(&jobs, &j), numbers_case(&numbers, &n)};
 *     if (tine_select(cases, 2, &which, NULL) == TINE_CHANNEL_DONE) ... which ...
 *
 * Fair: the case looked at first changes from call to call, so none is starved by the ones beside
 * it. The calling thread must be allowed to receive from each channel. A case whose `channel` is
 * NULL is passed over (the way to take a channel that is closed out of a loop).
 */
#ifndef TINE_CHANNEL_SELECT_H
#define TINE_CHANNEL_SELECT_H

#include <tine/channel/wait.h>

/* Made by `NAME_case(channel, item)`; the fields but `channel` are Tine's. */
typedef struct tine_select_case {
    void *channel;
    void *item;
    tine__hub *hub;
    tine__attempt receive;
} tine_select_case;

/* More cases than this need memory for their waiters. */
#define TINE__SELECT_SMALL 16

/* A thread's own turn counter: it only has to differ between calls. */
TINE__API size_t tine__select_turn(void)
{
    static __thread size_t turn;
    return turn++;
}

/* One attempt on each case, from `start` on. TINE__AGAIN if none was ready. */
TINE__API tine__result tine__select_poll(tine_select_case *cases, size_t n, size_t start,
                                         size_t *which)
{
    for (size_t i = 0; i < n; i++) {
        size_t k = (start + i) % n;
        if (!cases[k].channel) continue;
        tine__result r = cases[k].receive(cases[k].channel, cases[k].item);
        if (r != TINE__AGAIN) {
            *which = k;
            return r;
        }
    }
    return TINE__AGAIN;
}

/* Leaves every queue; hands on the wake-ups that came and were not used. */
TINE__API bool tine__select_leave(tine_select_case *cases, tine__waiter *waiters, size_t n,
                                  bool served)
{
    bool chosen = false;
    for (size_t k = 0; k < n; k++) {
        if (!cases[k].channel || !tine__leave(cases[k].hub, TINE__RECEIVERS, &waiters[k])) continue;
        chosen = true;
        if (served) tine__wake(cases[k].hub, TINE__RECEIVERS, 1);
    }
    return chosen;
}

/* Joins all queues, polls once more, sleeps, polls. */
TINE__API tine__result tine__select_sleep(tine_select_case *cases, tine__waiter *waiters, size_t n,
                                          size_t start, size_t *which,
                                          const struct timespec *deadline, bool *expired)
{
    tine__parker parker;
    bool reliable = true, fenced = false;
    tine__parker_init(&parker);
    for (size_t k = 0; k < n; k++) {
        if (!cases[k].channel) continue;
        waiters[k].parker = &parker;
        waiters[k].number = (uint32_t)k;
        tine__lock_acquire(&cases[k].hub->lock);
        tine__queue_push(cases[k].hub, TINE__RECEIVERS, &waiters[k]);
        tine__lock_release(&cases[k].hub->lock);
    }
    for (size_t k = 0; k < n && !fenced; k++) {
        if (!cases[k].channel) continue;
        /* One heavy fence serves all hubs; they agree on whether there is one, or do not need it. */
        fenced = !(TINE__LOAD(&cases[k].hub->attention[0], RELAXED) & TINE__FENCED);
        reliable = tine__fence_before_sleep(cases[k].hub, TINE__RECEIVERS);
    }
    tine__result r = tine__select_poll(cases, n, start, which);
    if (r == TINE__AGAIN) {
        tine__park(&parker, deadline, reliable);
        uint32_t woken = tine__parker_woken(&parker);
        *expired = woken == 0 && reliable;
        /* First the channel that woke this thread: its wake-up must not go to waste. */
        r = tine__select_poll(cases, n, woken ? woken - 1 : start, which);
    }
    tine__select_leave(cases, waiters, n, r != TINE__AGAIN);
    tine__parker_done(&parker);
    return r;
}

/*
 * Waits until a case can receive, receives, and says which in `*which`.
 *   TINE_CHANNEL_DONE, _WAITED  an item is in the case's `item`
 *   TINE_CHANNEL_CLOSED         the channel of case `*which` is closed and drained; or no case has
 *                               a channel (`*which` is then `n`)
 *   TINE_CHANNEL_TIMED_OUT      `deadline` (CLOCK_MONOTONIC, NULL: none) passed first
 *   TINE_CHANNEL_NO_MEMORY      more than 16 cases and no memory to wait on them
 */
TINE__API tine_channel_status tine_select(tine_select_case *cases, size_t n, size_t *which,
                                          const struct timespec *deadline)
{
    tine__waiter few[TINE__SELECT_SMALL], *waiters = few;
    size_t first = 0;
    bool expired = false;
    *which = n;
    while (first < n && !cases[first].channel) first++;
    if (first == n) return TINE_CHANNEL_CLOSED;

    size_t start = tine__select_turn();
    tine__result r = tine__select_poll(cases, n, start, which);
    if (r != TINE__AGAIN) return tine__status(r, TINE_CHANNEL_DONE);
    int saved = errno;
    uint32_t limit = tine__spin_limit(cases[first].hub, TINE__RECEIVERS);
    for (uint32_t i = 0; i < limit && r == TINE__AGAIN; i++) {
        if (i >= TINE__SPIN_TIGHT) tine__pause();
        r = tine__select_poll(cases, n, start, which);
    }
    for (int i = 0; i < TINE__YIELDS && r == TINE__AGAIN; i++) {
        sched_yield();
        r = tine__select_poll(cases, n, start, which);
    }
    if (r == TINE__AGAIN && n > TINE__SELECT_SMALL) {
        waiters = (tine__waiter *)malloc(n * sizeof *waiters);
        if (!waiters) r = TINE__NO_MEMORY;
    }
    while (r == TINE__AGAIN && !expired)
        r = tine__select_sleep(cases, waiters, n, start, which, deadline, &expired);
    if (waiters != few) free(waiters);
    if (r == TINE__OK)
        tine__pass_on(cases[*which].hub, TINE__RECEIVERS, cases[*which].receive,
                      cases[*which].channel);
    errno = saved;
    return tine__status(r, TINE_CHANNEL_WAITED);
}

#endif
