/* The OS layer on any POSIX system: sleeping on condition variables found by address. There is no
 * barrier that reaches other threads, so the runtime keeps every task public and pays a lock at
 * each sync (see include/tine/abi.h). */
#include "os.h"

#include "atomics.h"

#include <time.h>
#include <unistd.h>

/* Threads that sleep on addresses of one bucket share a condition variable: a wake is a broadcast,
 * and each looks at its own word. */
static struct bucket {
    pthread_mutex_t mutex;
    pthread_cond_t changed; /* its waits end by CLOCK_MONOTONIC: nobody sets that clock */
} buckets[64];

/* Ahead of all other code: there is no initialiser for such a clock. */
__attribute__((constructor(101))) static void init_buckets(void)
{
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
#ifndef __APPLE__ /* has waits of a given length instead */
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
#endif
    for (size_t i = 0; i < sizeof buckets / sizeof *buckets; i++) {
        pthread_mutex_init(&buckets[i].mutex, NULL);
        pthread_cond_init(&buckets[i].changed, &attr);
    }
    pthread_condattr_destroy(&attr);
}

static struct bucket *bucket_of(const uint32_t *word)
{
    uintptr_t hash = (uintptr_t)word / 64;
    return &buckets[(hash ^ hash >> 6) % (sizeof buckets / sizeof *buckets)];
}

unsigned os_cpus(void)
{
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online > 0 ? (unsigned)online : 1;
}

bool os_barrier_init(void)
{
    return false;
}

void os_barrier(void)
{
    fence_seq_cst();
}

void os_wait(uint32_t *word, uint32_t expected)
{
    struct bucket *bucket = bucket_of(word);
    pthread_mutex_lock(&bucket->mutex);
    while (load_acquire(word) == expected)
        pthread_cond_wait(&bucket->changed, &bucket->mutex);
    pthread_mutex_unlock(&bucket->mutex);
}

/* Waits for a change of the bucket's words; 0 if there may have been one before os_now() is `end`. */
static int changed_until(struct bucket *bucket, uint64_t end)
{
#ifdef __APPLE__
    uint64_t now = os_now(), left = now < end ? end - now : 0;
    struct timespec wait = {(time_t)(left / 1000000000u), (long)(left % 1000000000u)};
    return pthread_cond_timedwait_relative_np(&bucket->changed, &bucket->mutex, &wait);
#else
    struct timespec until = {(time_t)(end / 1000000000u), (long)(end % 1000000000u)};
    return pthread_cond_timedwait(&bucket->changed, &bucket->mutex, &until);
#endif
}

void os_wait_for(uint32_t *word, uint32_t expected, uint64_t ns)
{
    struct bucket *bucket = bucket_of(word);
    uint64_t end = os_now() + ns;
    pthread_mutex_lock(&bucket->mutex);
    int error = 0;
    while (error == 0 && load_acquire(word) == expected)
        error = changed_until(bucket, end);
    pthread_mutex_unlock(&bucket->mutex);
}

void os_wake(uint32_t *word)
{
    struct bucket *bucket = bucket_of(word);
    pthread_mutex_lock(&bucket->mutex); /* a sleeper is either before its test or in the wait */
    pthread_cond_broadcast(&bucket->changed);
    pthread_mutex_unlock(&bucket->mutex);
}

void os_after_fork(void)
{
    init_buckets();
}

void os_thread_name(const char *name)
{
    (void)name; /* POSIX has none */
}

uintptr_t os_thread_stack_end(void)
{
    return 0;
}

void os_seat_prepare(struct os_seat *seat)
{
    (void)seat;
}

void os_seat_spread(struct os_seat *seat, pthread_t thread, unsigned n)
{
    (void)seat, (void)thread, (void)n;
}

void os_seat_begin(struct os_seat *seat, bool fixed)
{
    (void)seat, (void)fixed;
}

void os_seat_end(struct os_seat *seat)
{
    (void)seat;
}

void os_seat_sleep(struct os_seat *seat)
{
    (void)seat;
}

void os_seat_wake(struct os_seat *seat)
{
    (void)seat;
}

void os_seat_avoid(struct os_seat *seat)
{
    (void)seat;
}

void os_seat_lift(struct os_seat *seat)
{
    (void)seat;
}

void os_thread_join(pthread_t thread)
{
    pthread_join(thread, NULL);
}

int os_cpu(void)
{
    return -1;
}

unsigned os_allowed_cpus(int *cpus, unsigned room)
{
    (void)cpus, (void)room;
    return 0;
}

void os_cpu_place(struct os_place *place)
{
    place->core = place->cpu;
    place->cache = place->node = 0;
}

bool os_pin(int cpu)
{
    (void)cpu;
    return false;
}
