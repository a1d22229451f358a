/*
 * The operating system as channels see it, and all of it: a lock for the slow paths, a parker to
 * sleep on, and the heavy half of the asymmetric fence. What a port owes:
 *
 *   tine__ch_lock             lock/unlock; zero bytes after tine__ch_lock_init
 *   tine__ch_parker           tine__ch_parker_init; _wake (at most once between inits, any thread);
 *                          _park (sleeps until woken or the deadline); _done
 *   tine__ch_fences_register  true if tine__ch_fence_heavy works in this process
 *   tine__ch_fence_heavy      a full fence on every running thread of the process
 *
 * Linux uses futexes and membarrier. Everything else, and -DTINE_POSIX, uses POSIX threads and no
 * heavy fence: there, the light side pays a full fence per operation (wait.h).
 */
#ifndef TINE_CHANNEL_OS_H
#define TINE_CHANNEL_OS_H

#include <tine/channel/base.h>

#include <sched.h>

#if defined(__linux__) && defined(__LP64__) && !defined(TINE_POSIX)
#define TINE__CH_FUTEX 1
#include <linux/futex.h>
#include <sys/syscall.h>
#ifdef __cplusplus
#include <unistd.h>
#else
/* As <unistd.h> and <time.h> have them, which hide them under -std=c11 and else may be there. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wredundant-decls"
extern long syscall(long number, ...);
extern int clock_gettime(int clock, struct timespec *now);
#pragma GCC diagnostic pop
#endif
#ifndef CLOCK_MONOTONIC
#define CLOCK_MONOTONIC 1
#endif
#else
#define TINE__CH_FUTEX 0
#include <pthread.h>
#if !defined(_POSIX_C_SOURCE) || _POSIX_C_SOURCE < 200112L
#error \
    "tine/channel.h without futexes needs POSIX: -std=gnu11 or -D_POSIX_C_SOURCE=200809L"
#endif
#endif

/* Full fence of this thread: nothing after it runs before anything ahead of it. */
TINE__CH_HOT void tine__ch_fence_full(void)
{
#if defined(__x86_64__) && !TINE__CH_TSAN
    /* Same as mfence for ordinary memory and 8 times cheaper here (2.1 against 16.4 ns). */
    __asm__ __volatile__("lock; orl $0, -4(%%rsp)" ::: "memory", "cc");
#elif !TINE__CH_TSAN
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
#else
    /* Not modelled there; wait.h orders by read-modify-writes of one word instead. */
#endif
}

/* Lets others run. True if that was over soon: see tine__ch_spin. */
#define TINE__CH_YIELD_LONG_NS 100000
TINE__CH_API bool tine__ch_yield_briefly(void)
{
    struct timespec begin, end;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    sched_yield();
    clock_gettime(CLOCK_MONOTONIC, &end);
    return end.tv_sec == begin.tv_sec && end.tv_nsec - begin.tv_nsec < TINE__CH_YIELD_LONG_NS;
}

#if TINE__CH_FUTEX

typedef struct tine__ch_lock {
    uint32_t word; /* 0 free, 1 held, 2 held and somebody may sleep */
} tine__ch_lock;

TINE__CH_API void tine__ch_lock_init(tine__ch_lock *l)
{
    l->word = 0;
}

TINE__CH_API void tine__ch_lock_destroy(tine__ch_lock *l)
{
    (void)l;
}

TINE__CH_COLD void tine__ch_lock_slow(tine__ch_lock *l)
{
    for (int i = 0; i < 40; i++) {
        uint32_t free_word = 0;
        /* ACQUIRE, partner: tine__ch_lock_release */
        if (__atomic_compare_exchange_n(&l->word, &free_word, 1, false, __ATOMIC_ACQUIRE,
                                        __ATOMIC_RELAXED))
            return;
        tine__ch_pause();
    }
    /* ACQUIRE, partner: tine__ch_lock_release. Taking it as 2 may cost one needless wake, never one
     * too few. */
    while (__atomic_exchange_n(&l->word, 2, __ATOMIC_ACQUIRE) != 0)
        syscall(SYS_futex, &l->word, FUTEX_WAIT_PRIVATE, 2, NULL, NULL, 0);
}

TINE__CH_API void tine__ch_lock_acquire(tine__ch_lock *l)
{
    uint32_t free_word = 0;
    /* ACQUIRE, partner: tine__ch_lock_release */
    if (!__atomic_compare_exchange_n(&l->word, &free_word, 1, false, __ATOMIC_ACQUIRE,
                                     __ATOMIC_RELAXED))
        tine__ch_lock_slow(l);
}

TINE__CH_API void tine__ch_lock_release(tine__ch_lock *l)
{
    /* RELEASE, partner: tine__ch_lock_acquire, tine__ch_lock_slow */
    if (__atomic_exchange_n(&l->word, 0, __ATOMIC_RELEASE) == 2)
        syscall(SYS_futex, &l->word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

typedef struct tine__ch_parker {
    uint32_t woken; /* 0, then 1 + the waker's number; written once, by the one waker */
} tine__ch_parker;

TINE__CH_API void tine__ch_parker_init(tine__ch_parker *p)
{
    p->woken = 0;
}

TINE__CH_API void tine__ch_parker_done(tine__ch_parker *p)
{
    (void)p;
}

/* First half of a wake-up, under the hub's lock: false if another hub was first. */
TINE__CH_API bool tine__ch_parker_claim(tine__ch_parker *p, uint32_t number)
{
    uint32_t asleep = 0;
    /* RELEASE, partner: tine__ch_parker_woken. Racing claims come from several hubs of one select.
     */
    return __atomic_compare_exchange_n(&p->woken, &asleep, 1 + number, false, __ATOMIC_RELEASE,
                                       __ATOMIC_RELAXED);
}

/* Second half, after the lock was left. The sleeper may be gone: only the address is used, and a
 * stray wake-up of whatever is there is one that every futex user expects. */
TINE__CH_API void tine__ch_parker_kick(tine__ch_parker *p)
{
    syscall(SYS_futex, &p->woken, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

TINE__CH_API uint32_t tine__ch_parker_woken(tine__ch_parker *p)
{
    return TINE__CH_LOAD(&p->woken, ACQUIRE); /* partner: tine__ch_parker_claim */
}

/* Sleeps until claimed (true) or until the deadline, on CLOCK_MONOTONIC (false). */
TINE__CH_API bool tine__ch_parker_sleep(tine__ch_parker *p, const struct timespec *deadline)
{
    while (tine__ch_parker_woken(p) == 0) {
        long r = syscall(SYS_futex, &p->woken, FUTEX_WAIT_BITSET_PRIVATE, 0, deadline, NULL,
                         FUTEX_BITSET_MATCH_ANY);
        /* EINVAL: a deadline that is no time, taken as one that has passed. */
        if (r != 0 && (errno == ETIMEDOUT || errno == EINVAL)) return tine__ch_parker_woken(p) != 0;
    }
    return true;
}

/* A short sleep, for the rare waits that nobody will end by a wake-up. */
TINE__CH_API void tine__ch_sleep_briefly(void)
{
    uint32_t nobody = 0;
    struct timespec ms = {0, 1000000};
    syscall(SYS_futex, &nobody, FUTEX_WAIT_PRIVATE, 0, &ms, NULL, 0);
}

/* membarrier(2) by number: headers older than the call have no names for it. */
#define TINE__CH_MEMBARRIER_PRIVATE_EXPEDITED (1 << 3)
#define TINE__CH_MEMBARRIER_REGISTER_PRIVATE_EXPEDITED (1 << 4)

TINE__CH_API bool tine__ch_fence_heavy(void)
{
#ifdef SYS_membarrier
    return syscall(SYS_membarrier, TINE__CH_MEMBARRIER_PRIVATE_EXPEDITED, 0, 0) == 0;
#else
    return false;
#endif
}

TINE__CH_API bool tine__ch_fences_register(void)
{
#if defined(SYS_membarrier) && !TINE__CH_TSAN && !defined(TINE_CHANNEL_FENCED)
    int saved = errno;
    bool works =
        syscall(SYS_membarrier, TINE__CH_MEMBARRIER_REGISTER_PRIVATE_EXPEDITED, 0, 0) == 0 &&
        tine__ch_fence_heavy();
    errno = saved;
    return works;
#else
    return false;
#endif
}

#else /* plain POSIX */

typedef struct tine__ch_lock {
    pthread_mutex_t mutex;
} tine__ch_lock;

TINE__CH_API void tine__ch_lock_init(tine__ch_lock *l)
{
    pthread_mutex_init(&l->mutex, NULL);
}

TINE__CH_API void tine__ch_lock_destroy(tine__ch_lock *l)
{
    pthread_mutex_destroy(&l->mutex);
}

TINE__CH_API void tine__ch_lock_acquire(tine__ch_lock *l)
{
    pthread_mutex_lock(&l->mutex);
}

TINE__CH_API void tine__ch_lock_release(tine__ch_lock *l)
{
    pthread_mutex_unlock(&l->mutex);
}

typedef struct tine__ch_parker {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    uint32_t woken; /* as in the futex version; under the mutex */
} tine__ch_parker;

TINE__CH_API void tine__ch_parker_init(tine__ch_parker *p)
{
    pthread_mutex_init(&p->mutex, NULL);
    p->woken = 0;
#if defined(__APPLE__)
    pthread_cond_init(&p->changed, NULL);
#else
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&p->changed, &attr);
    pthread_condattr_destroy(&attr);
#endif
}

TINE__CH_API void tine__ch_parker_done(tine__ch_parker *p)
{
    pthread_cond_destroy(&p->changed);
    pthread_mutex_destroy(&p->mutex);
}

/* The whole wake-up: once the mutex is left the sleeper may be gone, and its memory with it. */
TINE__CH_API bool tine__ch_parker_claim(tine__ch_parker *p, uint32_t number)
{
    pthread_mutex_lock(&p->mutex);
    bool first = p->woken == 0;
    if (first) {
        p->woken = 1 + number;
        pthread_cond_signal(&p->changed);
    }
    pthread_mutex_unlock(&p->mutex);
    return first;
}

TINE__CH_API void tine__ch_parker_kick(tine__ch_parker *p)
{
    (void)p;
}

TINE__CH_API uint32_t tine__ch_parker_woken(tine__ch_parker *p)
{
    pthread_mutex_lock(&p->mutex);
    uint32_t woken = p->woken;
    pthread_mutex_unlock(&p->mutex);
    return woken;
}

TINE__CH_API bool tine__ch_parker_sleep(tine__ch_parker *p, const struct timespec *deadline)
{
    int error = 0;
    pthread_mutex_lock(&p->mutex);
    while (p->woken == 0 && error == 0) {
        if (!deadline) {
            error = pthread_cond_wait(&p->changed, &p->mutex);
        } else {
            error = pthread_cond_timedwait(&p->changed, &p->mutex, deadline);
        }
    }
    bool woken = p->woken != 0;
    pthread_mutex_unlock(&p->mutex);
    return woken;
}

TINE__CH_API void tine__ch_sleep_briefly(void)
{
    struct timespec ms = {0, 1000000};
    nanosleep(&ms, NULL);
}

TINE__CH_API bool tine__ch_fence_heavy(void)
{
    return false;
}

TINE__CH_API bool tine__ch_fences_register(void)
{
    return false;
}

#endif

#endif
