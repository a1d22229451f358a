/* What a pool with nothing to do takes. All other workers have run a task at the same time; then the
 * parent sleeps for idle_ms (busy=0), or computes for as long as one lone task would (busy=1).
 * pool_cpu_ms is the processor time that all other threads took meanwhile, worker_kb the memory that
 * became resident with the workers, for each. Parameters: idle_ms, busy. */
#include "latency.h"

#include <sched.h>

enum { MAX_OTHERS = 4096 };

static int others; /* tasks that shall run at the same time */
static int begun;

/* Holds its worker until all the others have one, or for a second (fewer processors allowed). */
static long hold(void)
{
    int64_t deadline = bench_now() + 1000000000;
    __atomic_fetch_add(&begun, 1, __ATOMIC_ACQ_REL);
    while (__atomic_load_n(&begun, __ATOMIC_ACQUIRE) < others && bench_now() < deadline)
        sched_yield();
    return 0;
}

static int64_t thread_cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* Waits, without a call into any runtime, until all are up. */
static BENCH_UNUSED void wait_for_others(void)
{
    int64_t deadline = bench_now() + 1000000000;
    while (__atomic_load_n(&begun, __ATOMIC_ACQUIRE) < others && bench_now() < deadline)
        sched_yield();
}

/* Makes sure that all other workers are up: each has run a task. */
static BENCH_NOINLINE void wake_others(void)
{
#ifdef BENCH_PEER
    GROUP(g);
    for (int i = 0; i < others; i++)
        TASK_VOID(g, hold());
    wait_for_others();
    WAIT(g);
#else
    if (others == 0)
        return;
    flowvar(long) task[others];
    for (int i = 0; i < others; i++)
        task[i] = spawn hold();
    wait_for_others();
    for (int i = others; i-- > 0;)
        sync(task[i]);
#endif
}

static long resident_kb(void)
{
    long all = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL)
        return 0;
    if (fscanf(file, "%ld %ld", &all, &resident) != 2)
        resident = 0;
    fclose(file);
    return resident * (sysconf(_SC_PAGESIZE) / 1024);
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

static int64_t measure(int64_t ns, bool busy, double *worker_kb)
{
    long before = resident_kb();
    wake_others();
    *worker_kb = others > 0 ? (double)(resident_kb() - before) / others : 0;
    return idle(ns, busy);
}

int main(int argc, char **argv)
{
    struct bench b;
    bench_open(&b, "idle", argc, argv);
    int64_t ns = bench_param(&b, "idle_ms", 10000, 0) * INT64_C(1000000);
    bool busy = bench_param(&b, "busy", 0, 0) != 0;
    bench_params_end(&b);
    others = b.workers - 1 < MAX_OTHERS ? b.workers - 1 : MAX_OTHERS;

    int64_t cpu = 0;
    double worker_kb = 0;
    BENCH_RUN(&b, cpu = measure(ns, busy, &worker_kb));

    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    bench_metric(&b, "pool_cpu_ms", (double)cpu / 1e6);
    bench_metric(&b, "rss_kb", (double)usage.ru_maxrss);
    bench_metric(&b, "worker_kb", worker_kb);
    return bench_close(&b, 1, true);
}
