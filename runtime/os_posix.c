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
    pthread_cond_t changed;
} buckets[64] = {[0 ... 63] = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER}};

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

void os_wait_for(uint32_t *word, uint32_t expected, uint64_t ns)
{
    struct bucket *bucket = bucket_of(word);
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    ns += (uint64_t)until.tv_nsec;
    until.tv_sec += (time_t)(ns / 1000000000u);
    until.tv_nsec = (long)(ns % 1000000000u);
    pthread_mutex_lock(&bucket->mutex);
    int error = 0;
    while (error == 0 && load_acquire(word) == expected)
        error = pthread_cond_timedwait(&bucket->changed, &bucket->mutex, &until);
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
    for (size_t i = 0; i < sizeof buckets / sizeof *buckets; i++) {
        pthread_mutex_init(&buckets[i].mutex, NULL);
        pthread_cond_init(&buckets[i].changed, NULL);
    }
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
