/*
 * What every channel flavour rests on: compiler attributes, atomic accesses, the public status and
 * option types, memory for slots, and the checks of debug builds.
 *
 * Glossary, used with these meanings in all files of this directory:
 *   item      a value of the channel's type, moved in by a send and out by a receive
 *   slot      room for one item in a ring or a segment
 *   tag       one byte beside each slot: who may touch the slot now (ring.h, list.h)
 *   position  a counter that names a slot and the lap, wraps around; compared for equality or by
 *             unsigned difference only
 *   hub       what flavours share for waiting and closing (wait.h)
 *   attempt   one non-blocking try of an operation
 *   waiter    a thread's entry in a hub's queue; a thread in `select` has one per channel
 *   parker    what one sleeping thread sleeps on
 *
 * Atomics are the compiler's __atomic builtins on plain fields, since the header is C11 and C++17
 * at once. Every use names its partner.
 */
#ifndef TINE_CHANNEL_BASE_H
#define TINE_CHANNEL_BASE_H

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#if !defined(__GNUC__)
#error "tine/channel.h needs gcc or clang (it uses their __atomic builtins)"
#endif

/* Where tinecc says that the user's lines are counted, no code of ours is, nor inlined into what is. */
#if defined TINE__LINES_COUNTED && defined __has_attribute
#if __has_attribute(__no_profile_instrument_function__)
#define TINE__CH_NOT_COUNTED __attribute__((__no_profile_instrument_function__))
#endif
#endif
#ifdef TINE__CH_NOT_COUNTED
#define TINE__CH_HOT TINE__CH_NOT_COUNTED static __attribute__((__noinline__, __unused__))
#define TINE__CH_API TINE__CH_HOT
#else
#define TINE__CH_NOT_COUNTED
#define TINE__CH_HOT static inline __attribute__((__always_inline__, __unused__))
#define TINE__CH_API static inline __attribute__((__unused__))
#endif
/* Not `cold`: gcc would move the fast path of a caller's loop away together with the call. */
#define TINE__CH_COLD TINE__CH_NOT_COUNTED static __attribute__((__noinline__, __unused__))
#define TINE__CH_APART_CODE TINE__CH_COLD /* not small: fast */
#define TINE__CH_LIKELY(x) __builtin_expect(!!(x), 1)
#define TINE__CH_UNLIKELY(x) __builtin_expect(!!(x), 0)

#ifdef __cplusplus
#define TINE__CH_STATIC_ASSERT(cond, text) static_assert(cond, text)
/* Items are moved as bytes, and by assignment between variables of their type. */
#define TINE__CH_ASSERT_MOVABLE(T)                                                             \
    static_assert(__is_trivially_copyable(T), "channel items must be trivially copyable");     \
    static_assert(__is_constructible(T) && __is_assignable(T &, const T &),                    \
                  "channel items must be default-constructible and assignable: not const, no " \
                  "array");                                                                    \
    static_assert(!__is_same(T, volatile T), "channel items must not be volatile")
#else
#define TINE__CH_STATIC_ASSERT(cond, text) _Static_assert(cond, text)
/* What stands behind a comma has decayed if it is an array, and has lost its qualifiers. */
#define TINE__CH_PLAIN(T) __typeof__(((void)0, *(T *)0))
#define TINE__CH_ASSERT_MOVABLE(T)                                                              \
    _Static_assert(sizeof(T) >= 1, "channel items must have a size");                           \
    _Static_assert(__builtin_types_compatible_p(T, TINE__CH_PLAIN(T)),                          \
                   "channel items must not be arrays (put the array in a struct) nor _Atomic"); \
    _Static_assert(__builtin_types_compatible_p(T *, TINE__CH_PLAIN(T) *),                      \
                   "channel items must not be const, volatile, restrict or _Atomic")
#endif

/*
 * Debug checks: on in unoptimised builds without NDEBUG, or by -DTINE_CHANNEL_DEBUG=1; off by
 * -DTINE_CHANNEL_DEBUG=0. They change no layout, so files built with and without mix.
 */
#ifndef TINE_CHANNEL_DEBUG
#if !defined(NDEBUG) && !defined(__OPTIMIZE__)
#define TINE_CHANNEL_DEBUG 1
#else
#define TINE_CHANNEL_DEBUG 0
#endif
#endif

#if defined(__SANITIZE_THREAD__)
#define TINE__CH_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define TINE__CH_TSAN 1
#endif
#endif
#ifndef TINE__CH_TSAN
#define TINE__CH_TSAN 0
#endif

/*
 * Width of positions. 32 is for tests of wrap-around; TINE__CH_FIRST_LAP starts the counters near
 * their end. A program must build all its files with the same two values.
 */
#if defined(TINE__CH_POSITION_BITS) && TINE__CH_POSITION_BITS == 32
typedef uint32_t tine__ch_position;
#else
typedef uintptr_t tine__ch_position;
#endif
#ifndef TINE__CH_FIRST_LAP
#define TINE__CH_FIRST_LAP 0
#endif

/* Distance that keeps two writers out of each other's cache line, prefetch of line pairs included,
 * whatever the alignment of the channel's own memory (it may come from malloc). */
#define TINE__CH_APART 128
#define TINE__CH_LINE 64

#define TINE__CH_LOAD(p, order) __atomic_load_n(p, __ATOMIC_##order)
#define TINE__CH_STORE(p, v, order) __atomic_store_n(p, v, __ATOMIC_##order)

/*
 * The answer of the calls that tell all cases apart. An item was moved exactly when the status is
 * at most TINE_CHANNEL_WAITED; in all other cases the sender still owns its item.
 */
typedef enum tine_channel_status {
    TINE_CHANNEL_DONE = 0,      /* moved at once */
    TINE_CHANNEL_WAITED = 1,    /* moved, after waiting or (overwriting) displacing an item */
    TINE_CHANNEL_CLOSED = 2,    /* send: closed. receive: closed and drained */
    TINE_CHANNEL_TIMED_OUT = 3, /* the deadline passed first */
    TINE_CHANNEL_NO_MEMORY = 4  /* unbounded flavours: no memory for a segment */
} tine_channel_status;

/* For `NAME_init_with`. All zero is what `NAME_init` does. */
typedef struct tine_channel_options {
    void *memory;       /* rings: slots live here, NULL: the channel allocates them */
    size_t memory_size; /* at least NAME_memory_size(capacity) */
    bool overwrite;     /* rings: `send` on a full channel displaces the oldest item */
    void (*drop)(void *item, void *arg); /* destructor of items that nobody will receive */
    void *drop_arg;
} tine_channel_options;

/* What one attempt came to. */
typedef enum tine__ch_result {
    TINE__CH_OK,
    TINE__CH_AGAIN, /* full or empty, or in the hands of a thread that has not finished */
    TINE__CH_SHUT,
    TINE__CH_NO_MEMORY
} tine__ch_result;

TINE__CH_HOT void tine__ch_pause(void)
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__) || defined(__arm__)
    __asm__ __volatile__("yield" ::: "memory");
#else
    __asm__ __volatile__("" ::: "memory");
#endif
}

/* Ask for a line in writable state. A hint: it may do nothing. */
TINE__CH_HOT void tine__ch_prefetch_write(const void *p)
{
#if defined(__x86_64__)
    /* The builtin gives a read prefetch here unless the target has the PRFCHW flag. */
    __asm__ __volatile__("prefetchw %0" ::"m"(*(const char *)p));
#else
    __builtin_prefetch(p, 1);
#endif
}

/*
 * Some processors hand a line that one core has written over to the next that reads it, to be written there as
 * well, as long as each of them does write it. There a side that only reads makes the other one wait for the right
 * to write, line for line, and a locked instruction waits for that: ring.h has the figures. So consumers that have
 * emptied a line write to it, where that was seen to pay:
 */
enum {
    TINE__CH_MIGRATORY_NOT,  /* nowhere: processors that do not, or of which it is not known */
    TINE__CH_MIGRATORY_LONE, /* if one consumer is at it, or the line has one item: AMD's family 1Ah (Zen 5) */
    TINE__CH_MIGRATORY       /* everywhere: AMD's family 19h (Zen 3 and 4) */
};

/* One of these, by cpuid. To be overruled by -DTINE_CHANNEL_MIGRATORY=0, 1 or 2. */
TINE__CH_COLD unsigned char tine__ch_migratory(void)
{
#if defined(TINE_CHANNEL_MIGRATORY)
    return TINE_CHANNEL_MIGRATORY;
#elif defined(__x86_64__)
    static unsigned char known; /* + 1; virtual machines make the question dear. RELAXED: all find the same */
    unsigned char answer = __atomic_load_n(&known, __ATOMIC_RELAXED);
    if (answer == 0) {
        unsigned a = 0, b, c = 0, d; /* not by <cpuid.h>: what it inlines would be counted as the user's lines */
        __asm__("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d));
        bool amd = b == 0x68747541 && d == 0x69746e65 && c == 0x444d4163; /* "AuthenticAMD" */
        a = 1, c = 0;
        __asm__("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d));
        unsigned family = ((a >> 8) & 15) + ((a >> 20) & 255);
        answer = TINE__CH_MIGRATORY_NOT + 1;
        if (amd && family == 0x19) answer = TINE__CH_MIGRATORY + 1;
        if (amd && family == 0x1a) answer = TINE__CH_MIGRATORY_LONE + 1;
        __atomic_store_n(&known, answer, __ATOMIC_RELAXED);
    }
    return answer - 1;
#else
    return TINE__CH_MIGRATORY_NOT;
#endif
}

/*
 * Keeps away from lines that other threads are working on. The last pause is a guess of the branch
 * predictor, so that a processor reads ahead behind the loop while still in it, and takes from the
 * others what it is waiting to leave to them: hence the fence. Two threads that push and pop, ns a
 * turn: 12 to 20 without it, 9.9 with it.
 */
TINE__CH_HOT void tine__ch_pauses(unsigned n)
{
    for (unsigned i = 0; i < n; i++) tine__ch_pause();
#if defined(__SSE2__)
    __builtin_ia32_lfence();
#endif
}

/* Waits a little, longer from call to call, for what another thread is just doing. Bounded. */
#define TINE__CH_BACKOFF_MAX 7
TINE__CH_COLD void tine__ch_backoff(unsigned *step)
{
    tine__ch_pauses(1u << *step);
    if (*step < TINE__CH_BACKOFF_MAX) ++*step;
}

/*
 * After a lost race for a position: the winner keeps its cache lines for a while, so that
 * two threads on two cores work in turns of a hundred operations instead of moving a line per
 * operation. Bounded: 2 us at first, 13 us at most. Two threads that push and pop, ns a turn: 73
 * without; beginning with 1 pause, at most 128: 12 to 15, and 60 to 240 when the cores are far from
 * each other; so 9.8 (one thread alone: 9.6).
 * MPMC list 52 to 17 (cores far apart: 357 to 25), two producers of an intrusive one 36 to 5.
 */
#define TINE__CH_RACE_FIRST 6
#define TINE__CH_RACE_MAX 9
TINE__CH_COLD unsigned tine__ch_lost_race(unsigned step)
{
    if (step < TINE__CH_RACE_FIRST) step = TINE__CH_RACE_FIRST;
    tine__ch_pauses(1u << step);
    return step < TINE__CH_RACE_MAX ? step + 1 : step;
}

/*
 * A consumer that keeps up with its producers meets them at every item, and both sides work at
 * the pace of the lines between them. So, where items come in streams, one that has found no more
 * lets them gather: it waits for up to a microsecond and then takes a hundred in a row. Whether they
 * do come in streams is tried out: a wait that has brought few was in vain (as in a round trip), and
 * as many as 1, 3, 7, ... 4096 later ones are left out after it, so that a round trip in thousands is
 * delayed. Only the first time that nothing is there after an item counts: who goes on polling an
 * empty channel never waits. Pauses of 128 and 256 gain 2 % (list) and nothing (rings).
 * Racing consumers of a ring share this. On a processor whose consumers are as fast as its producers (Zen 4)
 * MPMC, ns an item in turns without and with it: 1 and 1 13.0, 7.3; 2 and 2 10.4, 7.2; 4 and 4 on two cores
 * 9.4, 6.7; blocking 2 and 2 14.9, 8.0.
 */
typedef struct tine__ch_gather {
    size_t mark, seen;   /* items taken when it last waited; when it last found no more */
    unsigned rest, span; /* waits to be left out: still, in all */
    bool waited;         /* since the last were left out */
} tine__ch_gather;

#define TINE__CH_GATHER_PAUSES 64
#define TINE__CH_GATHER_PAYS 16
#define TINE__CH_GATHER_SPAN 4096

/* Whether to call the next one; else counts a wait that is left out. `taken`: a count of what was taken
 * so far. RELAXED everywhere: of racing consumers each may see what another has just changed, and then
 * waits once more or once less. */
TINE__CH_HOT bool tine__ch_may_gather(tine__ch_gather *g, size_t taken)
{
    if (taken == TINE__CH_LOAD(&g->seen, RELAXED)) return false;
    TINE__CH_STORE(&g->seen, taken, RELAXED);
    unsigned rest = TINE__CH_LOAD(&g->rest, RELAXED);
    if (rest == 0) return true;
    TINE__CH_STORE(&g->rest, rest - 1, RELAXED);
    return false;
}

/* True: has waited, look again. */
TINE__CH_COLD bool tine__ch_let_gather(tine__ch_gather *g, size_t taken, unsigned pauses)
{
    bool waited = TINE__CH_LOAD(&g->waited, RELAXED);
    unsigned span = TINE__CH_LOAD(&g->span, RELAXED);
    if (waited && (size_t)(taken - TINE__CH_LOAD(&g->mark, RELAXED)) < TINE__CH_GATHER_PAYS) {
        span = span < TINE__CH_GATHER_SPAN / 2 ? 2 * span + 1 : TINE__CH_GATHER_SPAN;
        TINE__CH_STORE(&g->span, span, RELAXED);
        TINE__CH_STORE(&g->rest, span, RELAXED);
        TINE__CH_STORE(&g->waited, false, RELAXED);
        return false;
    }
    if (waited) TINE__CH_STORE(&g->span, 0u, RELAXED);
    TINE__CH_STORE(&g->waited, true, RELAXED);
    TINE__CH_STORE(&g->mark, taken, RELAXED);
    for (unsigned i = 0; i < pauses; i++) tine__ch_pause();
    return true;
}

__attribute__((__noreturn__)) TINE__CH_COLD void tine__ch_die(const char *channel, const char *what)
{
    fprintf(stderr, "tine: channel %s: %s\n", channel ? channel : "(not initialised)", what);
    abort();
}

/* Memory aligned for slots; `*raw` is what to hand to free. */
TINE__CH_API void *tine__ch_slots_new(size_t size, size_t align, void **raw)
{
    if (size > (size_t)PTRDIFF_MAX - align) return NULL;
    *raw = malloc(size + align - 1);
    if (!*raw) return NULL;
    return (void *)(((uintptr_t)*raw + align - 1) & ~(uintptr_t)(align - 1));
}

#ifndef __cplusplus
/* As <stdlib.h> has it, which hides it under -std=c99. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wredundant-decls"
extern void *aligned_alloc(size_t align, size_t size);
#pragma GCC diagnostic pop
#endif

/* One object, for free to take back. What malloc gives is aligned for types that are not over-aligned. */
#define TINE__CH_MALLOC_ALIGN (2 * sizeof(void *))
TINE__CH_HOT void *tine__ch_object_new(size_t size, size_t align)
{
    return align <= TINE__CH_MALLOC_ALIGN ? malloc(size) : aligned_alloc(align, size);
}

/*
 * `tine_move(p)`: the pointer in variable `p`, for handing on. In debug builds `p` is poisoned, so
 * that a later use of what was sent away crashes near the mistake.
 *     jobs_send(&c, tine_move(job));
 */
#define TINE__CH_POISON ((uintptr_t)0xdead0000u + 0xbadu)
TINE__CH_API void *tine__ch_move(void *variable)
{
    void *value;
    memcpy(&value, variable, sizeof value);
#if TINE_CHANNEL_DEBUG
    uintptr_t poison = TINE__CH_POISON;
    memcpy(variable, &poison, sizeof poison);
#endif
    return value;
}
#ifdef __cplusplus
extern "C++" { /* the header may be included between other braces */
template <typename P> static inline P *tine_move(P *&p)
{
    return static_cast<P *>(tine__ch_move(&p));
}
}
#else
#define tine_move(p) ((__typeof__(p))tine__ch_move(&(p)))
#endif

#endif
