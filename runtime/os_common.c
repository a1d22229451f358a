/* The parts of the OS layer that POSIX gives everywhere. */
#include "os.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

/* What a thread gets where the main thread's stack is unlimited: address space, not memory. */
static const size_t unlimited_stack = sizeof(void *) == 8 ? (size_t)256 << 20 : (size_t)16 << 20;

uint64_t os_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

int *os_errno(void)
{
    return &errno;
}

/* Blocks what a library thread must not receive: all but the signals a fault of its own raises. */
static void block_signals(sigset_t *old)
{
    static const int synchronous[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT, SIGSYS};
    sigset_t set;
    sigfillset(&set);
    for (size_t i = 0; i < sizeof synchronous / sizeof *synchronous; i++)
        sigdelset(&set, synchronous[i]);
    pthread_sigmask(SIG_SETMASK, &set, old);
}

int os_thread_start(pthread_t *thread, void *(*run)(void *), void *arg, size_t stack_size)
{
    pthread_attr_t attr;
    int error = pthread_attr_init(&attr);
    if (error)
        return error;
    sigset_t old;
    block_signals(&old); /* the thread inherits the mask */
    error = pthread_attr_setstacksize(&attr, stack_size);
    if (!error)
        error = pthread_create(thread, &attr, run, arg);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    pthread_attr_destroy(&attr);
    return error;
}

size_t os_stack_size(void)
{
    struct rlimit limit;
    size_t size = (size_t)8 << 20;
    if (getrlimit(RLIMIT_STACK, &limit) == 0)
        size = limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur >> 20 > (rlim_t)1 << 20
                   ? unlimited_stack
                   : (size_t)limit.rlim_cur;
    size_t least = (size_t)sysconf(_SC_THREAD_STACK_MIN);
    if (least < (size_t)64 << 10)
        least = (size_t)64 << 10;
    if (size < least)
        size = least;
    size_t page = os_page_size();
    return (size + page - 1) / page * page;
}

size_t os_page_size(void)
{
    return (size_t)sysconf(_SC_PAGESIZE);
}

void *os_reserve(size_t size)
{
    size_t page = os_page_size();
    int flags = MAP_PRIVATE | MAP_ANONYMOUS;
#ifdef MAP_NORESERVE
    flags |= MAP_NORESERVE;
#endif
    char *base = mmap(NULL, size + page, PROT_READ | PROT_WRITE, flags, -1, 0);
    if (base == MAP_FAILED)
        return NULL;
#ifdef MADV_NOHUGEPAGE
    madvise(base, size, MADV_NOHUGEPAGE); /* a worker that spawns little touches one page */
#endif
    if (mprotect(base + size, page, PROT_NONE) != 0) {
        munmap(base, size + page);
        return NULL;
    }
    return base;
}

void os_release(void *base, size_t size)
{
    munmap(base, size + os_page_size());
}

void os_fatal(const char *format, ...)
{
    char text[1024] = "tine: ";
    size_t used = strlen(text);
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text + used, sizeof text - used - 1, format, args);
    va_end(args);
    if (n > 0)
        used += (size_t)n < sizeof text - used - 1 ? (size_t)n : sizeof text - used - 2;
    text[used++] = '\n';
    ssize_t written = write(STDERR_FILENO, text, used);
    (void)written; /* there is nobody left to tell */
    abort();
}
