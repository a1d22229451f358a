/*
 * Round trips between threads that sleep, beside two bare futex wake-ups, and the processor time of
 * a receiver that waits in vain.
 */
#include "sleepers.h"

#include <linux/futex.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <tine/channel.h>

enum { TRIPS = 200, MEDIANS_MAX = 99 };

TINE_CHANNEL_SPSC(letters, long)

typedef struct pair {
    letters there, back;
    uint32_t word_there, word_back;
} pair;

static void rest(long us)
{
    struct timespec t = {0, us * 1000};
    nanosleep(&t, NULL);
}

static void futex_signal(uint32_t *word)
{
    __atomic_store_n(word, 1, __ATOMIC_RELEASE);
    syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

static void futex_await(uint32_t *word)
{
    while (__atomic_load_n(word, __ATOMIC_ACQUIRE) == 0)
        syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, 0, NULL, NULL, 0);
    __atomic_store_n(word, 0, __ATOMIC_RELAXED);
}

static void *channel_pong(void *arg)
{
    pair *p = (pair *)arg;
    long v;
    bench_pin(1);
    for (int i = 0; i < TRIPS; i++) {
        letters_recv(&p->there, &v);
        letters_send(&p->back, v);
    }
    return NULL;
}

static void *futex_pong(void *arg)
{
    pair *p = (pair *)arg;
    bench_pin(1);
    for (int i = 0; i < TRIPS; i++) {
        futex_await(&p->word_there);
        futex_signal(&p->word_back);
    }
    return NULL;
}

static int by_value(const void *a, const void *b)
{
    double d = *(const double *)a - *(const double *)b;
    return d < 0 ? -1 : d > 0;
}

/* Median round trip in us; the other thread sleeps when a trip begins. */
static double trips(pair *p, bool channel)
{
    static double us[TRIPS];
    pthread_t other;
    bench_pin(0);
    if (pthread_create(&other, NULL, channel ? channel_pong : futex_pong, p) != 0) abort();
    for (int i = 0; i < TRIPS; i++) {
        rest(300);
        double begin = bench_now();
        if (channel) {
            long v;
            letters_send(&p->there, i);
            letters_recv(&p->back, &v);
        } else {
            futex_signal(&p->word_there);
            futex_await(&p->word_back);
        }
        us[i] = (bench_now() - begin) / 1000;
    }
    pthread_join(other, NULL);
    qsort(us, TRIPS, sizeof *us, by_value);
    return us[TRIPS / 2];
}

static void *waits_in_vain(void *arg)
{
    pair *p = (pair *)arg;
    struct timespec begin, end;
    static double used;
    long v;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &begin);
    letters_recv(&p->there, &v);
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
    used = (double)(end.tv_sec - begin.tv_sec) * 1e6 + (double)(end.tv_nsec - begin.tv_nsec) / 1e3;
    return &used;
}

void bench_sleepers(int rounds)
{
    static double with_channel[MEDIANS_MAX], with_futex[MEDIANS_MAX];
    pair *p = (pair *)calloc(1, sizeof *p);
    pthread_t thread;
    void *used;
    if (!p || letters_init(&p->there, 16) || letters_init(&p->back, 16)) abort();
    for (int i = 0; i < rounds; i++) {
        with_channel[i] = trips(p, true);
        with_futex[i] = trips(p, false);
    }
    qsort(with_channel, (size_t)rounds, sizeof *with_channel, by_value);
    qsort(with_futex, (size_t)rounds, sizeof *with_futex, by_value);
    double c = with_channel[rounds / 2], f = with_futex[rounds / 2];
    printf("\nround trip, both asleep (us)\n  tine SPSC             %9.2f  %6.2f x\n"
           "  two futex wake-ups    %9.2f\n",
           c, c / f, f);

    if (pthread_create(&thread, NULL, waits_in_vain, p) != 0) abort();
    rest(500000);
    letters_send(&p->there, 1);
    pthread_join(thread, &used);
    printf("\nprocessor time of a receiver that waited 500 ms: %.0f us\n", *(double *)used);
    letters_destroy(&p->there);
    letters_destroy(&p->back);
    free(p);
}
