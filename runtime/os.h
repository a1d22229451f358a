/* What the runtime needs of an operating system. A port owes all of these.
 *
 * os_linux.c: futex, membarrier, affinity mask, cgroup quota. os_posix.c: POSIX threads alone.
 * os_common.c: what both share. */
#ifndef TINE_OS_H
#define TINE_OS_H

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

/* Moves the calling thread off the CPU `from` (the n-th of the others, modulo their number) without
 * pinning it. Kernels start a thread, and go on waking it, where its creator runs. */
void os_spread(unsigned n, int from);
/* The CPU that the caller runs on; -1: not known. */
int os_cpu(void);

/* Pins the calling thread to the n-th CPU (modulo their number) it may use. False: not done. */
bool os_pin(unsigned n);

/* Prints "tine: " and the message to standard error, then aborts. Async-signal-safe enough. */
_Noreturn void os_fatal(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
