/* What the latency programs share: cells that say when and where a task began, and spinning on
 * them. They measure the time between two threads, so they run with two workers or more. */
#ifndef BENCH_LATENCY_H
#define BENCH_LATENCY_H

#include "common.h"

#include <sys/syscall.h>

/* Written by the task, read by the thread that spins; a cache line of its own. */
struct cell {
    int64_t at;    /* bench_now() when the task began; 0 before. Release/acquire with the reader. */
    int64_t ended; /* the same for its end, where the task has one */
    long thread;   /* who ran it */
    char padding[104];
};

static inline long bench_thread(void)
{
    return syscall(SYS_gettid);
}

static inline void cell_clear(struct cell *c)
{
    __atomic_store_n(&c->ended, 0, __ATOMIC_RELAXED);
    __atomic_store_n(&c->at, 0, __ATOMIC_RELEASE);
}

static inline void cell_stamp(struct cell *c)
{
    int64_t now = bench_now();
    c->thread = bench_thread();
    __atomic_store_n(&c->at, now, __ATOMIC_RELEASE);
}

static inline int64_t cell_at(const struct cell *c)
{
    return __atomic_load_n(&c->at, __ATOMIC_ACQUIRE);
}

/* Spins, without a call into any runtime, until the task has begun or the time is up. */
static inline bool cell_wait(const struct cell *c, int64_t limit_ns)
{
    int64_t deadline = bench_now() + limit_ns;
    while (cell_at(c) == 0) {
        if (bench_now() > deadline)
            return false;
        bench_pause();
    }
    return true;
}

/* Keeps this thread busy, again without a call into any runtime. */
static inline void bench_compute(int64_t ns)
{
    int64_t end = bench_now() + ns;
    while (bench_now() < end)
        bench_pause();
}

static inline void bench_sleep(int64_t ns)
{
    struct timespec t;
    t.tv_sec = (time_t)(ns / 1000000000);
    t.tv_nsec = (long)(ns % 1000000000);
    while (nanosleep(&t, &t) != 0) {
    }
}

static int compare_times(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Adds PREFIX_median_ns, PREFIX_p99_ns and PREFIX_min_ns of the samples, which it sorts. */
static inline void bench_times(struct bench *b, const char *prefix, int64_t *sample, long count)
{
    char key[64];
    qsort(sample, (size_t)count, sizeof *sample, compare_times);
    snprintf(key, sizeof key, "%s_median_ns", prefix);
    bench_metric(b, key, (double)sample[count / 2]);
    snprintf(key, sizeof key, "%s_p99_ns", prefix);
    bench_metric(b, key, (double)sample[(count - 1) * 99 / 100]);
    snprintf(key, sizeof key, "%s_min_ns", prefix);
    bench_metric(b, key, (double)sample[0]);
}

#endif
