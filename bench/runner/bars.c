/* The bars as a table, and how each figure comes out of a block. */
#include "bars.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report.h"
#include "stats.h"

enum kind {
    OVER_SERIAL,  /* Tine's time over serial time */
    SPEED_UP,     /* serial time over Tine's */
    NS_PER_TASK,  /* (Tine's time on one worker - serial time) / tasks */
    TIMES_PEER,   /* ns per task of the peer over Tine's */
    BEST_PEER,    /* Tine's speed-up over the best one of the peers */
    METRIC,       /* a metric of the program */
    METRIC_RATIO, /* a metric over another one, in the same process */
    OVER_WORKERS  /* time with these workers over time with two */
};

struct bar {
    const char *what, *program, *size, *compilers;
    enum kind kind;
    int workers;
    char relation; /* '<' or '>' */
    double bound;
    int rounds;
    const char *metric, *other; /* or the peer */
    double unit;                /* printed as figure / unit */
};

#define BOTH "gcc,clang"
#define GCC "gcc,gcc-O3"
#define CLANG "clang,clang-O3"

static const struct bar bars[] = {
    {"fib, one worker over serial", "fib", "full", GCC, OVER_SERIAL, 1, '<', 2.2, 9, 0, 0, 1},
    {"fib, one worker over serial", "fib", "full", CLANG, OVER_SERIAL, 1, '<', 1.4, 9, 0, 0, 1},
    {"fib, ns per spawn and sync", "fib", "full", GCC, NS_PER_TASK, 1, '<', 1.0, 9, 0, 0, 1},
    {"fib, ns per spawn and sync", "fib", "full", CLANG, NS_PER_TASK, 1, '<', 1.0, 9, 0, 0, 1},
    {"fib, serial over two workers", "fib", "full", GCC, SPEED_UP, 2, '>', 0.9, 9, 0, 0, 1},
    {"fib, serial over two workers", "fib", "full", CLANG, SPEED_UP, 2, '>', 1.35, 9, 0, 0, 1},
    {"a task for each spawn, fib, one worker over serial", "fib_every", "full", GCC, OVER_SERIAL, 1, '<', 2.2, 9,
     0, 0, 1},
    {"a task for each spawn, fib, one worker over serial", "fib_every", "full", CLANG, OVER_SERIAL, 1, '<', 1.4,
     9, 0, 0, 1},
    {"a task for each spawn, fib, ns per spawn and sync", "fib_every", "full", GCC, NS_PER_TASK, 1, '<', 1.0, 9, 0,
     0, 1},
    {"a task for each spawn, fib, ns per spawn and sync", "fib_every", "full", CLANG, NS_PER_TASK, 1, '<', 1.0, 9,
     0, 0, 1},
    {"a task for each spawn, fib, serial over two workers", "fib_every", "full", GCC, SPEED_UP, 2, '>', 0.9, 9, 0,
     0, 1},
    {"a task for each spawn, fib, serial over two workers", "fib_every", "full", CLANG, SPEED_UP, 2, '>', 1.35, 9,
     0, 0, 1},
    {"the same, libgomp's ns per task over Tine's", "fib_every", "peers", "gcc", TIMES_PEER, 1, '>', 40, 9,
     "libgomp", 0, 1},
    {"the same, libomp's ns per task over Tine's", "fib_every", "peers", "clang", TIMES_PEER, 1, '>', 40, 9,
     "libomp", 0, 1},
    {"the same, oneTBB's ns per task over Tine's", "fib_every", "peers", BOTH, TIMES_PEER, 1, '>', 40, 9, "onetbb",
     0, 1},
#define PROGRAM(name)                                                                              \
    {name ", one worker over serial", name, "full", BOTH, OVER_SERIAL, 1, '<', 1.02, 15, 0, 0, 1}, \
    {name ", serial over two workers", name, "full", BOTH, SPEED_UP, 2, '>', 1.95, 15, 0, 0, 1}
    PROGRAM("nqueens"),
    PROGRAM("uts"),
    PROGRAM("uts_binomial"),
    PROGRAM("cilksort"),
    PROGRAM("strassen"),
    PROGRAM("lu"),
    PROGRAM("heat"),
#define BESIDE_PEERS(name)                                                                         \
    {name ", two workers: speed-up over the best peer's", name, "full", BOTH, BEST_PEER, 2, '>',   \
     0.98, 15, 0, 0, 1}
    BESIDE_PEERS("cilksort"),
    BESIDE_PEERS("strassen"),
    BESIDE_PEERS("lu"),
    BESIDE_PEERS("heat"),
    {"tree sum of 1,000 nodes, two workers over serial", "treesum_small", "full", BOTH, OVER_SERIAL,
     2, '<', 1.3, 9, 0, 0, 1},
    {"tree sum of 100 M nodes, speed-up over the best peer's", "treesum", "peers", BOTH, BEST_PEER,
     2, '>', 0.98, 9, 0, 0, 1},
    {"wake after 10 ms, median over a futex wake-up's", "wake", "full", BOTH, METRIC_RATIO, 2, '<',
     1.2, 3, "task_median_ns", "futex_median_ns", 1},
    {"wake after 10 ms, p99 over a futex wake-up's median", "wake", "full", BOTH, METRIC_RATIO, 2,
     '<', 10, 3, "task_p99_ns", "futex_median_ns", 1},
    {"searching worker, spawn to start, us", "search", "full", BOTH, METRIC, 2, '<', 5, 5,
     "task_median_ns", 0, 1000},
    {"starvation, end of the other task to start, median us", "starvation", "full", BOTH, METRIC, 2,
     '<', 100, 3, "delay_median_ns", 0, 1000},
    {"starvation, worst, us", "starvation", "full", BOTH, METRIC, 2, '<', 100, 3, "delay_p99_ns", 0,
     1000},
    {"flat loop, serial over two workers", "flat", "full", BOTH, SPEED_UP, 2, '>', 1.95, 9, 0, 0,
     1},
    {"idle pool for 10 s, CPU s", "idle", "full", "gcc", METRIC, 2, '<', 0.1, 1, "pool_cpu_ms", 0,
     1000},
    {"idle pool beside one task for 3 s, CPU ms", "idle_beside_task", "full", "gcc", METRIC, 2, '<',
     30, 1, "pool_cpu_ms", 0, 1},
    {"10 M pending tasks, bytes each", "pending", "full", BOTH, METRIC, 1, '<', 128, 1,
     "bytes_per_task", 0, 1},
    {"start and stop of the global executor, us", "startup", "full", BOTH, METRIC, 2, '<', 150, 21,
     "start_stop_ns", 0, 1000},
    {"eight workers on two cores over two, nqueens", "nqueens", "full", BOTH, OVER_WORKERS, 8, '<',
     1.1, 15, 0, 0, 1},
};

/* ns per task below this are taken as this: Tine's can come out as nothing, or less. */
#define LEAST_NS 0.05

enum { BAR_COUNT = sizeof bars / sizeof *bars };

static const char *const peers[] = {"libgomp", "libomp", "onetbb"};

static void add(struct block *block, const struct plan *plan, const char *system,
                const char *compiler, int workers)
{
    const struct binary *b = plan_binary(plan, block->program->name, system, compiler);
    if (b != NULL)
        block_add(block, b, workers);
}

static void add_copies(struct block *block, const struct plan *plan, const char *compiler,
                       int copies)
{
    const struct binary *b = plan_binary(plan, block->program->name, "serial", compiler);
    if (b != NULL)
        block_add_copies(block, b, copies);
}

/* The series that a bar needs. Peers that are not on this machine were reported at the start. */
static void add_series(struct block *block, const struct plan *plan, const struct bar *bar,
                       const char *compiler)
{
    add(block, plan, "serial", compiler, 1);
    add(block, plan, "tine", compiler, bar->workers);
    if (bar->kind == OVER_WORKERS)
        add(block, plan, "tine", compiler, 2);
    if (bar->kind == SPEED_UP)
        add_copies(block, plan, compiler, bar->workers);
    if (bar->kind == TIMES_PEER)
        add(block, plan, bar->metric, compiler, 1);
    for (size_t i = 0; bar->kind == BEST_PEER && i < sizeof peers / sizeof *peers; i++)
        add(block, plan, peers[i], compiler, bar->workers);
}

static double best_peer(const struct block *block, const char *compiler, int workers)
{
    double best = NAN;
    for (size_t i = 0; i < sizeof peers / sizeof *peers; i++) {
        const struct series *s = block_find(block, peers[i], compiler, workers);
        if (s != NULL)
            best = fmax(best, figures_of(block, s).speed_up);
    }
    return best;
}

static double figure(const struct block *block, const struct bar *bar, const char *compiler)
{
    const struct series *tine = block_find(block, "tine", compiler, bar->workers);
    const struct series *other;
    if (tine == NULL || tine->failed)
        return NAN;
    size_t rounds = (size_t)block->rounds;
    switch (bar->kind) {
    case OVER_SERIAL:
        return figures_of(block, tine).over_serial;
    case SPEED_UP:
        return figures_of(block, tine).speed_up;
    case NS_PER_TASK:
        return figures_of(block, tine).ns_per_task;
    case TIMES_PEER:
        other = block_find(block, bar->metric, compiler, 1);
        return other == NULL ? NAN
                             : figures_of(block, other).ns_per_task /
                                   fmax(figures_of(block, tine).ns_per_task, LEAST_NS);
    case BEST_PEER:
        return figures_of(block, tine).speed_up / best_peer(block, compiler, bar->workers);
    case METRIC:
        return series_median(tine, bar->metric, block->rounds) / bar->unit;
    case METRIC_RATIO:
        if (series_values(tine, bar->metric) == NULL || series_values(tine, bar->other) == NULL)
            return NAN;
        return stats_paired_ratio(series_values(tine, bar->metric),
                                  series_values(tine, bar->other), rounds);
    case OVER_WORKERS:
        other = block_find(block, "tine", compiler, 2);
        if (series_values(other, "ns") == NULL)
            return NAN;
        return stats_paired_ratio(series_values(tine, "ns"), series_values(other, "ns"), rounds);
    }
    return NAN;
}

/* How many times as much the machine does with n serial programs at once as with one. Not a bound: they
 * share no data, where workers do. */
static double machine_gives(const struct block *block, const char *compiler, int n)
{
    const double *one = series_values(block_find(block, "serial", compiler, 1), "ns");
    const double *together = series_values(block_find_copies(block, compiler, n), "ns");
    if (one == NULL || together == NULL)
        return NAN;
    return n * stats_paired_ratio(one, together, (size_t)block->rounds);
}

/* Beside a ratio to the serial program, on a machine that others use too: the same from the least
 * times, what processor time says, and what two separate programs reach. */
static void print_doubts(const struct block *block, const struct bar *bar, const char *compiler)
{
    const struct series *tine = block_find(block, "tine", compiler, bar->workers);
    if (tine == NULL || (bar->kind != OVER_SERIAL && bar->kind != SPEED_UP))
        return;
    struct figures f = figures_of(block, tine);
    printf("   best %.3f, CPU over serial CPU %.3f",
           bar->kind == SPEED_UP ? 1 / f.best : f.best, f.cpu_over_serial);
    if (bar->kind == SPEED_UP)
        printf(", machine gives %.3f", machine_gives(block, compiler, bar->workers));
}

static void print_bar(const struct block *block, const struct bar *bar, const char *compiler)
{
    double value = figure(block, bar, compiler);
    bool met = bar->relation == '<' ? value <= bar->bound : value >= bar->bound;
    printf("%-7s %-55s %-9s %10.3f  %s %-5g", isnan(value) ? "no data" : met ? "met" : "MISSED",
           bar->what, compiler, value, bar->relation == '<' ? "<=" : ">=", bar->bound);
    print_doubts(block, bar, compiler);
    putchar('\n');
    fflush(stdout);
}

/* The block that holds a bar's series: program and parameters are the same. */
static struct block *block_for(const struct plan *plan, const struct bar *bar,
                               const struct bars_options *options, struct block **blocks,
                               size_t room, size_t *count)
{
    const struct program *program = plan_program(plan, bar->program);
    if (program == NULL || !plan_listed(options->only, bar->program))
        return NULL;
    const char *params = plan_size(program, bar->size);
    int rounds = options->rounds != 0 ? options->rounds : bar->rounds;
    for (size_t i = 0; i < *count; i++)
        if (blocks[i]->program == program && strcmp(blocks[i]->params, params) == 0)
            return blocks[i];
    if (*count == room)
        return NULL;
    return blocks[(*count)++] = block_new(program, params, rounds);
}

static const char *const compilers[] = {"gcc", "clang", "gcc-O3", "clang-O3"};

int bars_run(const struct plan *plan, const struct bars_options *options, struct block **blocks,
             size_t room, size_t *count)
{
    struct block *block_of[BAR_COUNT];
    int failures = 0;
    size_t first = *count;
    for (size_t i = 0; i < BAR_COUNT; i++) {
        block_of[i] = block_for(plan, &bars[i], options, blocks, room, count);
        for (size_t c = 0; block_of[i] != NULL && c < sizeof compilers / sizeof *compilers; c++)
            if (plan_listed(bars[i].compilers, compilers[c]) &&
                plan_listed(options->compilers, compilers[c]))
                add_series(block_of[i], plan, &bars[i], compilers[c]);
    }
    for (size_t b = first; b < *count; b++) {
        failures += block_run(blocks[b], &options->pace);
        for (size_t i = 0; i < BAR_COUNT; i++)
            for (size_t c = 0; c < sizeof compilers / sizeof *compilers; c++)
                if (block_of[i] == blocks[b] && plan_listed(bars[i].compilers, compilers[c]) &&
                    plan_listed(options->compilers, compilers[c]))
                    print_bar(blocks[b], &bars[i], compilers[c]);
    }
    return failures;
}
