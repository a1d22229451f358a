/* Processor time that a pool with nothing to do takes. All workers have run a task; then the parent
 * sleeps for idle_ms (busy=0), or computes for as long as one lone task would (busy=1).
 * pool_cpu_ms is what all other threads took meanwhile. Parameters: idle_ms, busy. */
#include "latency.h"

static struct cell first;

static long stamp(void)
{
    cell_stamp(&first);
    return 0;
}

static int64_t thread_cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* Makes sure that another worker is up: it has run a task, unless there is no other. */
static void wake_another(int workers)
{
#ifdef BENCH_PEER
    GROUP(g);
    TASK_VOID(g, stamp());
    if (workers > 1)
        cell_wait(&first, 1000000000);
    WAIT(g);
#else
    flowvar(long) task = spawn stamp();
    if (workers > 1)
        cell_wait(&first, 1000000000);
    sync(task);
#endif
}

/* Nanoseconds of processor time that threads other than this one take. */
static int64_t idle(int64_t ns, bool busy)
{
    int64_t all = bench_cpu(), own = thread_cpu();
    if (busy)
        bench_compute(ns);
    else
        bench_sleep(ns);
    return (bench_cpu() - all) - (thread_cpu() - own);
}

static int64_t measure(int workers, int64_t ns, bool busy)
{
    wake_another(workers);
    return idle(ns, busy);
}

int main(int argc, char **argv)
{
    struct bench b;
    bench_open(&b, "idle", argc, argv);
    int64_t ns = bench_param(&b, "idle_ms", 10000, 0) * INT64_C(1000000);
    bool busy = bench_param(&b, "busy", 0, 0) != 0;
    bench_params_end(&b);

    int64_t cpu = 0;
    BENCH_RUN(&b, cpu = measure(b.workers, ns, busy));

    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    bench_metric(&b, "pool_cpu_ms", (double)cpu / 1e6);
    bench_metric(&b, "rss_kb", (double)usage.ru_maxrss);
    return bench_close(&b, 1, true);
}
