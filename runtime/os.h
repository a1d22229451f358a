/* What the runtime needs of an operating system. A port owes all of these.
 *
 * os_linux.c: futex, membarrier, affinity mask, cgroup quota. os_posix.c: POSIX threads alone.
 * os_common.c: what both share. */
#ifndef TINE_OS_H
#define TINE_OS_H

#include "names.h"

#include "atomics.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Nanoseconds of a monotonic clock. */
uint64_t os_now(void);

/* CPUs that this process may use: affinity mask and cgroup quota, rounded up, at least 1. */
unsigned os_cpus(void);

/* Whether os_barrier works: makes every running thread of the process execute a full fence, and
 * the caller too. Call os_barrier_init before the first use; false: there is none. */
bool os_barrier_init(void);
void os_barrier(void);

/* Sleeps while *word == expected, at most until a wake; may return for no reason. */
void os_wait(uint32_t *word, uint32_t expected);
/* The same for at most ns nanoseconds. */
void os_wait_for(uint32_t *word, uint32_t expected, uint64_t ns);
/* Wakes one thread that sleeps on word. The word may be gone already. */
void os_wake(uint32_t *word);

/* Starts a thread with all signals blocked but the synchronous ones. 0 or an errno. */
int os_thread_start(pthread_t *thread, void *(*run)(void *), void *arg, size_t stack_size);
/* In a forked child: makes os_wait and os_wake usable again. */
void os_after_fork(void);

/* Names the calling thread (at most 15 bytes count), for top and debuggers. */
void os_thread_name(const char *name);
/* The main thread's stack limit in bytes; a large finite number for unlimited. */
size_t os_stack_size(void);

/* Zeroed address space that costs memory only where touched, with an inaccessible page at the
 * end; NULL when there is none. size is a multiple of the page size. */
void *os_reserve(size_t size);
void os_release(void *base, size_t size);
size_t os_page_size(void);

/* About the lowest address of the calling thread's stack; 0: not known. */
uintptr_t os_thread_stack_end(void);

/* Where a thread of ours begins and wakes. Linux (seen on 6.18 in a virtual machine, where the kernel takes
 * a halted CPU for a busy one) starts a thread on its creator's CPU and likes to wake one on its waker's,
 * where it waits for a time slice, 2 to 4 ms, while others idle. So the creator restricts a new thread to
 * another CPU before it has begun to run; one that has taken the creator's CPU before that goes by itself. A
 * thread also keeps off its last waker's CPU while it sleeps (or stays on that one, if it runs there itself), until it
 * has been woken a few times, and again, for long, once it has woken on its waker's CPU. A waker on another CPU
 * than foreseen keeps it off that one instead. None of it moves a thread that has something to do. The creator's is lifted by the
 * thread, a sleeper's by its waker right after the wake, for the waker is on a CPU that is awake, or else by the
 * thread, but before the thread does anything else; and not if somebody else (taskset) has set another mask
 * meanwhile. The very mask that it has then is taken for ours.
 * All fields are guarded by lock, which outlives the thread. */
enum os_seat_state {
    SEAT_FIXED, /* leave the thread alone, or there is none */
    SEAT_STARTING,
    SEAT_RUNNING,
    SEAT_ASLEEP
};
enum {
    SEAT_FIRST = 4,    /* guarded wakes of a new thread; sleeps that just end do not count */
    SEAT_MISLED = 1000 /* the same after a wake on the waker's CPU; then the kernel has another try */
};
struct os_seat {
    struct spin_lock lock;
    enum os_seat_state state;
    bool restricted;  /* the thread has the mask `part` and shall have `whole` */
    bool woken;       /* ASLEEP: there was a waker */
    bool kept_off;    /* ASLEEP: the kernel had no choice of the waker's CPU */
    int waker_cpu;    /* the last waker's, at first the creator's; -1: not known */
    unsigned guarded; /* wakes that are yet to be guarded */
    pthread_t thread; /* valid if RUNNING or ASLEEP, or restricted */
    unsigned long whole[1024 / (8 * sizeof(long))], part[1024 / (8 * sizeof(long))];
};
/* By the starter, before os_thread_start. */
void os_seat_prepare(struct os_seat *seat);
/* By the starter, after it: the thread goes to the n-th CPU after the caller's (in a circle over those
 * that it may use). */
void os_seat_spread(struct os_seat *seat, pthread_t thread, unsigned n);
/* By the thread, first and last of all. fixed: it pins itself. */
void os_seat_begin(struct os_seat *seat, bool fixed);
void os_seat_end(struct os_seat *seat);
/* By the thread, around a sleep. */
void os_seat_sleep(struct os_seat *seat);
void os_seat_wake(struct os_seat *seat);
/* By a waker, ahead of the wake: the thread, if it still sleeps, shall not wake on the caller's CPU; and
 * after the wake. */
void os_seat_avoid(struct os_seat *seat);
void os_seat_lift(struct os_seat *seat);

/* Waits for the thread's end, awake for a short while. */
void os_thread_join(pthread_t thread);

/* The CPU that the caller runs on; -1: not known. */
int os_cpu(void);
/* Writes the numbers of the CPUs that the process may use, the first `room` of them; their number. */
unsigned os_allowed_cpus(int *cpus, unsigned room);
/* Where a CPU is. Equal numbers: the same core, last-level cache, NUMA node. */
struct os_place {
    int cpu;
    int core, cache, node;
    int sibling; /* 0 for the first thread of its core, 1 for the second (topology.c) */
};
/* Fills in core, cache and node of place->cpu; what is not known: the CPU itself, 0, 0. */
void os_cpu_place(struct os_place *place);

/* Pins the calling thread to a CPU. False: not done. */
bool os_pin(int cpu);

/* Where the C library keeps errno of the calling thread. */
int *os_errno(void) __attribute__((const));

/* Prints "tine: " and the message to standard error, then aborts. Async-signal-safe enough. */
_Noreturn void os_fatal(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
