/* Atomic operations by their C11 meaning on plain fields, a spin lock, and the marks that make
 * the library's synchronisation visible to ThreadSanitizer in the user's instrumented code. */
#ifndef TINE_ATOMICS_H
#define TINE_ATOMICS_H

#include <sched.h>
#include <stdbool.h>
#include <stdint.h>

#define load_relaxed(p) __atomic_load_n((p), __ATOMIC_RELAXED)
#define load_acquire(p) __atomic_load_n((p), __ATOMIC_ACQUIRE)
#define store_relaxed(p, v) __atomic_store_n((p), (v), __ATOMIC_RELAXED)
#define store_release(p, v) __atomic_store_n((p), (v), __ATOMIC_RELEASE)
#define fetch_add(p, v, order) __atomic_fetch_add((p), (v), (order))
#define exchange(p, v, order) __atomic_exchange_n((p), (v), (order))
#define fence_seq_cst() __atomic_thread_fence(__ATOMIC_SEQ_CST)

/* Strong compare and swap; *expected receives the old value on failure (acquire). */
#define compare_exchange(p, expected, desired) \
    __atomic_compare_exchange_n((p), (expected), (desired), false, __ATOMIC_ACQ_REL, \
                                __ATOMIC_ACQUIRE)

static inline void cpu_relax(void)
{
#if defined __x86_64__ || defined __i386__
    __builtin_ia32_pause();
#elif defined __aarch64__ || defined __arm__
    __asm__ volatile("yield" ::: "memory");
#else
    __asm__ volatile("" ::: "memory");
#endif
}

/* A lock held for tens of instructions (at a forced steal for one membarrier, a seat's for two calls of
 * the kernel: os.h). A waiter yields soon: with more threads than cores the holder may be preempted. */
struct spin_lock {
    uint32_t word;
};

static inline bool spin_try_lock(struct spin_lock *lock)
{
    return load_relaxed(&lock->word) == 0 && exchange(&lock->word, 1, __ATOMIC_ACQUIRE) == 0;
}

static inline void spin_lock(struct spin_lock *lock)
{
    for (unsigned tries = 0; !spin_try_lock(lock); tries++) {
        if (tries < 64)
            cpu_relax();
        else
            sched_yield();
    }
}

static inline void spin_unlock(struct spin_lock *lock)
{
    store_release(&lock->word, 0);
}

/* ThreadSanitizer sees the user's instrumented code but not a release build of this library: these
 * tell it of the order that the library makes. They are there only in instrumented programs. */
extern void __tsan_acquire(void *) __attribute__((weak));
extern void __tsan_release(void *) __attribute__((weak));

static inline void tsan_acquire(void *p)
{
    if (__tsan_acquire)
        __tsan_acquire(p);
}

static inline void tsan_release(void *p)
{
    if (__tsan_release)
        __tsan_release(p);
}

#endif
