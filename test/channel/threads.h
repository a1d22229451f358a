/* Helpers of the tests with several threads. */
#ifndef TEST_CHANNEL_THREADS_H
#define TEST_CHANNEL_THREADS_H

#include <pthread.h>
#include <time.h>

#include "flavours.h"

static inline pthread_t thread_start(void *(*run)(void *), void *arg)
{
    pthread_t t;
    if (pthread_create(&t, NULL, run, arg) != 0) abort();
    return t;
}

static inline void thread_end(pthread_t t)
{
    if (pthread_join(t, NULL) != 0) abort();
}

static inline struct timespec in_milliseconds(long ms)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_nsec += ms % 1000 * 1000000;
    t.tv_sec += ms / 1000 + t.tv_nsec / 1000000000;
    t.tv_nsec %= 1000000000;
    return t;
}

static inline void rest_ms(long ms)
{
    struct timespec t = {ms / 1000, ms % 1000 * 1000000};
    nanosleep(&t, NULL);
}

/* Waits until `n` threads have joined a queue of the channel, which they do just before they
 * sleep. Looks into the hub: no other way tells a sleeper from a thread that has not begun. */
static inline void await_sleepers(const flavour *f, void *c, int side, uint32_t n)
{
    uint64_t item[FLAVOUR_ITEM_MAX / 8];
    tine__ch_hub *hub = f->select_case(c, item).hub;
    while (__atomic_load_n(&hub->attention[side], __ATOMIC_ACQUIRE) / 2 != n) rest_ms(1);
}

#endif
