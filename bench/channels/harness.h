/*
 * What the channel benchmark's files share: items, contenders, and the loops that every contender
 * gets from one macro, so that all are called the same way, inlined.
 */
#ifndef BENCH_CHANNELS_HARNESS_H
#define BENCH_CHANNELS_HARNESS_H

#include <sched.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct item64 {
    uint64_t word[8];
} item64;

/* Into every loop: if one contender's call is inlined and another's is not, calls are compared. */
#define BENCH_INLINE static inline __attribute__((__always_inline__))

/* Who may be on each side. */
enum { ONE_IN = 0, MANY_IN = 1, ONE_OUT = 0, MANY_OUT = 2 };

/* One queue implementation in one way of using it (a `way` below). */
typedef struct contender {
    const char *name;
    const char *way; /* "try", "block", "batch", "try64" */
    int sides;
    void *(*make)(size_t capacity);
    void (*drop)(void *queue);
    void (*produce)(void *queue, long n);
    uint64_t (*consume)(void *queue, long n); /* sum of the items */
    void (*pairs)(void *queue, const bool *stop, long *turns);
    void (*ping)(void *there, void *back, long n);
    void (*pong)(void *there, void *back, long n);
} contender;

extern const contender boost_contenders[];
extern const size_t boost_contender_count;

static inline void bench_pause(void)
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#else
    __asm__ volatile("" ::: "memory");
#endif
}

/* After a try that failed: spin, and let another thread of this core run now and then. */
static inline void bench_wait(unsigned *tries)
{
    if (++*tries % 128 == 0) {
        sched_yield();
    } else {
        bench_pause();
    }
}

static inline uint64_t item_value(uint64_t v)
{
    return v;
}

static inline uint64_t item64_value(item64 v)
{
    __asm__ volatile("" : : "m"(v)); /* all of it has arrived */
    return v.word[0];
}

static inline uint64_t item_of(uint64_t v)
{
    return v;
}

static inline item64 item64_of(uint64_t v)
{
    item64 item = {{v, v, v, v, v, v, v, v}};
    return item;
}

/*
 * A contender from: `tag`, its way, sides, queue type, item type T with OF and VALUE, and
 * expressions over `q` and `v`: make (gives a Q *), drop, send and recv (true: done).
 */
#define CONTENDER(tag, NAME, WAY, SIDES, Q, T, OF, VALUE, MAKE, DROP, SEND, RECV) \
    static void *tag##_make(size_t capacity)                                      \
    {                                                                             \
        Q *q;                                                                     \
        (void)capacity;                                                           \
        MAKE;                                                                     \
        return q;                                                                 \
    }                                                                             \
    static void tag##_drop(void *queue)                                           \
    {                                                                             \
        Q *q = (Q *)queue;                                                        \
        DROP;                                                                     \
    }                                                                             \
    BENCH_INLINE void tag##_put(Q *q, T v)                                        \
    {                                                                             \
        unsigned tries = 0;                                                       \
        while (!(SEND)) bench_wait(&tries);                                       \
    }                                                                             \
    BENCH_INLINE T tag##_get(Q *q)                                                \
    {                                                                             \
        unsigned tries = 0;                                                       \
        T v;                                                                      \
        while (!(RECV)) bench_wait(&tries);                                       \
        return v;                                                                 \
    }                                                                             \
    static void tag##_produce(void *queue, long n)                                \
    {                                                                             \
        for (long i = 0; i < n; i++) tag##_put((Q *)queue, OF((uint64_t)i + 1));  \
    }                                                                             \
    static uint64_t tag##_consume(void *queue, long n)                            \
    {                                                                             \
        uint64_t sum = 0;                                                         \
        for (long i = 0; i < n; i++) sum += VALUE(tag##_get((Q *)queue));         \
        return sum;                                                               \
    }                                                                             \
    static void tag##_pairs(void *queue, const bool *stop, long *turns)           \
    {                                                                             \
        long n = 0;                                                               \
        while (!__atomic_load_n(stop, __ATOMIC_RELAXED)) {                        \
            for (int i = 0; i < 64; i++) {                                        \
                tag##_put((Q *)queue, OF(1));                                     \
                tag##_get((Q *)queue);                                            \
            }                                                                     \
            n += 64;                                                              \
        }                                                                         \
        *turns = n;                                                               \
    }                                                                             \
    static void tag##_ping(void *there, void *back, long n)                       \
    {                                                                             \
        for (long i = 0; i < n; i++) {                                            \
            tag##_put((Q *)there, OF(1));                                         \
            tag##_get((Q *)back);                                                 \
        }                                                                         \
    }                                                                             \
    static void tag##_pong(void *there, void *back, long n)                       \
    {                                                                             \
        for (long i = 0; i < n; i++) tag##_put((Q *)back, tag##_get((Q *)there)); \
    }

#define ENTRY(tag, NAME, WAY, SIDES)                                                         \
    {                                                                                        \
        NAME, WAY, SIDES, tag##_make, tag##_drop, tag##_produce, tag##_consume, tag##_pairs, \
            tag##_ping, tag##_pong                                                           \
    }

#ifdef __cplusplus
}
#endif

#endif
