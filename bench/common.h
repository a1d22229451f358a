/* What every benchmark program shares: its parameters, the clocks, its one line of output.
 *
 * A program is called as `fib n=38` and prints one line of key=value words:
 *
 *   bench=fib system=tine workers=2 n=38 ok=1 ns=81234567 cpu_ns=160123456 tasks=63245985
 *
 * ns is the wall-clock time of the kernel alone (not of making its input or checking its result),
 * cpu_ns the processor time of the whole process meanwhile, tasks how often something was spawned.
 * Programs add words of their own behind these. ok=0, and exit status 1, when the result is wrong.
 * bench/runner reads that line.
 *
 * Compiles as C11 and as C++17 (the oneTBB builds).
 */
#ifndef BENCH_COMMON_H
#define BENCH_COMMON_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "systems.h"

#define BENCH_UNUSED __attribute__((unused))

/* Out of line, and not specialised for its callers either, where the compiler can be told so. */
#if defined(__has_attribute)
#if __has_attribute(noipa)
#define BENCH_NOINLINE __attribute__((noipa))
#endif
#endif
#ifndef BENCH_NOINLINE
#define BENCH_NOINLINE __attribute__((noinline))
#endif

/* The computation at the leaves, kept out of line so that every build of one compiler runs the same
 * code there: how well a loop is inlined into the function around it differs by 20 % from build to
 * build, either way, and says nothing about tasks. -DBENCH_INLINE_LEAVES lets the compiler
 * choose. */
#ifdef BENCH_INLINE_LEAVES
#define BENCH_LEAF
#else
#define BENCH_LEAF BENCH_NOINLINE
#endif

enum { BENCH_WORDS = 512 };

struct bench {
    const char *name;
    int argc;
    char **argv;
    int workers;
    int64_t began, cpu_began; /* bench_begin's clocks */
    int64_t ns, cpu_ns;       /* summed over all bench_begin..bench_end */
    char params[BENCH_WORDS];
    char metrics[BENCH_WORDS];
};

static inline int64_t bench_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* Processor time of all threads of this process. */
static inline int64_t bench_cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static inline void bench_die(const char *name, const char *what, const char *detail)
{
    fprintf(stderr, "%s: %s%s\n", name, what, detail);
    exit(2);
}

/* How many workers this run has: the variable that the system itself reads, else every processor.
 * oneTBB reads none; BENCH_WORKERS is for it. */
static inline int bench_worker_count(const char *name)
{
#if defined(BENCH_OMP)
    const char *variable = "OMP_NUM_THREADS";
#elif defined(BENCH_TBB)
    const char *variable = "BENCH_WORKERS";
#else
    const char *variable = "TINE_WORKERS";
#endif
    const char *text = getenv(variable);
    if (strcmp(BENCH_SYSTEM, "serial") == 0)
        return 1;
    if (text == NULL || *text == '\0')
        return (int)sysconf(_SC_NPROCESSORS_ONLN);
    char *end;
    long count = strtol(text, &end, 10);
    if (*end != '\0' || count < 1 || count > 4096)
        bench_die(name, "bad worker count: ", text);
    return (int)count;
}

static inline void bench_open(struct bench *b, const char *name, int argc, char **argv)
{
    memset(b, 0, sizeof *b);
    b->name = name;
    b->argc = argc;
    b->argv = argv;
    b->workers = bench_worker_count(name);
#ifdef BENCH_TBB
    /* Never freed: it holds for the life of the process. */
    new tbb::global_control(tbb::global_control::max_allowed_parallelism, (size_t)b->workers);
#endif
}

static inline void bench_word(char *words, const char *format, const char *key, double value)
{
    size_t used = strlen(words);
    snprintf(words + used, BENCH_WORDS - used, format, key, value);
}

/* The parameter key=value, or the default. At least `least`. */
static inline long bench_param(struct bench *b, const char *key, long usual, long least)
{
    long value = usual;
    size_t length = strlen(key);
    for (int i = 1; i < b->argc; i++) {
        char *arg = b->argv[i];
        if (arg == NULL || strncmp(arg, key, length) != 0 || arg[length] != '=')
            continue;
        char *end;
        value = strtol(arg + length + 1, &end, 10);
        if (end == arg + length + 1 || *end != '\0')
            bench_die(b->name, "not a number: ", arg);
        if (value < least)
            bench_die(b->name, "too small: ", arg);
        b->argv[i] = NULL;
    }
    bench_word(b->params, " %s=%.0f", key, (double)value);
    return value;
}

/* After the last bench_param: what is left was meant for something else. */
static inline void bench_params_end(const struct bench *b)
{
    for (int i = 1; i < b->argc; i++)
        if (b->argv[i] != NULL)
            bench_die(b->name, "no such parameter: ", b->argv[i]);
}

static inline void bench_begin(struct bench *b)
{
    b->cpu_began = bench_cpu();
    b->began = bench_now();
}

static inline void bench_end(struct bench *b)
{
    b->ns += bench_now() - b->began;
    b->cpu_ns += bench_cpu() - b->cpu_began;
}

/* What was timed so far was a rehearsal. */
static inline void bench_restart(struct bench *b)
{
    b->ns = b->cpu_ns = 0;
}

/* One more word in the line. */
static inline void bench_metric(struct bench *b, const char *key, double value)
{
    bench_word(b->metrics, " %s=%.1f", key, value);
}

/* What the workers did, for those who ask why a figure is what it is. */
static inline void bench_scheduler_metrics(struct bench *b)
{
#ifdef BENCH_TINE
    tine_worker_stats stats[64], all;
    size_t workers = tine_stats(NULL, stats, 64);
    memset(&all, 0, sizeof all);
    for (size_t i = 0; i < workers && i < 64; i++) {
        all.tasks_stolen += stats[i].tasks_stolen;
        all.published += stats[i].published;
        all.forced += stats[i].forced;
        all.heap_tasks += stats[i].heap_tasks;
        all.parks += stats[i].parks;
    }
    bench_metric(b, "stolen", (double)all.tasks_stolen);
    bench_metric(b, "published", (double)all.published);
    bench_metric(b, "forced", (double)all.forced);
    bench_metric(b, "heap", (double)all.heap_tasks);
    bench_metric(b, "parks", (double)all.parks);
#else
    (void)b;
#endif
}

/* Prints the line; the value is the exit status. */
static inline int bench_close(struct bench *b, int64_t tasks, bool ok)
{
    bench_scheduler_metrics(b);
    printf("bench=%s system=%s workers=%d%s ok=%d ns=%lld cpu_ns=%lld tasks=%lld%s\n", b->name,
           BENCH_SYSTEM, b->workers, b->params, ok ? 1 : 0, (long long)b->ns,
           (long long)b->cpu_ns, (long long)tasks, b->metrics);
    if (!ok)
        fprintf(stderr, "%s: wrong result\n", b->name);
    return ok ? 0 : 1;
}

static inline void *bench_alloc(const struct bench *b, size_t count, size_t size)
{
    void *memory = count > SIZE_MAX / size ? NULL : malloc(count * size);
    if (memory == NULL)
        bench_die(b->name, "out of memory", "");
    return memory;
}

/* Lets a spinning hardware thread breathe. */
static inline void bench_pause(void)
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

/* Work that no compiler shortens or vectorises: a chain of steps, about 1.5 ns each. */
static BENCH_UNUSED BENCH_NOINLINE uint64_t bench_work(uint64_t seed, long steps)
{
    for (long i = 0; i < steps; i++)
        seed = (seed ^ seed >> 29) * 6364136223846793005u + 1;
    return seed;
}

/* Well mixed 64 bits from a counter (Steele, Lea, Flood: SplitMix64's finaliser). */
static inline uint64_t bench_mix(uint64_t x)
{
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

#endif
