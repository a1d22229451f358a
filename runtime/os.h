/* What the runtime needs of an operating system. A port owes all of these.
 *
 * os_linux.c: futex, membarrier, affinity mask, cgroup quota. os_posix.c: POSIX threads alone.
 * os_common.c: what both share. */
#ifndef TINE_OS_H
#define TINE_OS_H

#include "names.h"

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

/* Where a new thread begins. Linux (seen on 6.18) starts it on its creator's CPU, where it may wait for a
 * whole time slice, 4 ms, while others idle; and it goes on waking it there. The starter restricts it to
 * another CPU before it has begun to run, which costs no migration; whoever of the two comes second to
 * `met` lifts that. */
struct os_spread {
    uint32_t met;
    bool known;
    unsigned long mask[1024 / (8 * sizeof(long))]; /* the starter's, which the thread shall have */
};
/* By the starter, before os_thread_start. */
void os_spread_prepare(struct os_spread *spread);
/* By the starter, after it: the thread goes to the n-th CPU after the caller's (in a circle over those
 * that it may use). */
void os_spread(struct os_spread *spread, pthread_t thread, unsigned n);
/* By the thread, first of all. */
void os_spread_begun(struct os_spread *spread);

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

/* Prints "tine: " and the message to standard error, then aborts. Async-signal-safe enough. */
_Noreturn void os_fatal(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
