/* What workers have done: for programs that ask, and as a table at exit (TINE_STATS=1). */
#include "worker.h"

#include <inttypes.h>
#include <stdio.h>

static tine_worker_stats stats_of(const struct worker *worker)
{
    const struct counters *c = &worker->counters;
    return (tine_worker_stats){
        .tasks_run = load_relaxed(&c->run),
        .tasks_stolen = load_relaxed(&c->stolen),
        .published = load_relaxed(&c->published),
        .forced = load_relaxed(&c->forced),
        .heap_tasks = load_relaxed(&c->heap),
        .parks = load_relaxed(&c->parks),
        .parked_ns = load_relaxed(&c->parked_ns),
        .stood_in = load_relaxed(&c->stood_in),
        .pooled = worker->pooled,
    };
}

size_t tine_stats(tine_executor *executor, tine_worker_stats *stats, size_t room)
{
    executor = executor ? executor : executor_global();
    unsigned count = load_acquire(&executor->worker_count);
    struct worker **workers = load_acquire(&executor->workers);
    for (unsigned i = 0; i < count && i < room; i++)
        stats[i] = stats_of(workers[i]);
    return count;
}

/* Prints the table to standard error. */
void stats_print(tine_executor *executor)
{
    fprintf(stderr, "tine: %-6s %-7s %12s %12s %10s %8s %12s %8s %10s %8s\n", "worker", "kind",
            "tasks run", "stolen", "published", "forced", "heap tasks", "slept", "slept ms", "reserve");
    unsigned count = load_acquire(&executor->worker_count);
    for (unsigned i = 0; i < count; i++) {
        tine_worker_stats s = stats_of(load_acquire(&executor->workers)[i]);
        fprintf(stderr,
                "tine: %-6u %-7s %12" PRIu64 " %12" PRIu64 " %10" PRIu64 " %8" PRIu64 " %12" PRIu64
                " %8" PRIu64 " %10" PRIu64 " %8" PRIu64 "\n",
                i, s.pooled ? "pool" : "foreign", s.tasks_run, s.tasks_stolen, s.published, s.forced,
                s.heap_tasks, s.parks, s.parked_ns / 1000000, s.stood_in);
    }
}
