/* What the global executor costs a short program, once per process:
 *   first_ns   from the start of the process (BENCH_EPOCH, set by the runner just before exec) to
 *              the first task's first instruction
 *   start_ns   the first spawn and sync: the executor starts
 *   other_ns   from there until another worker has run a task, so that its thread is up
 *   stop_ns    from the end of main until every handler of exit is through, the executor's too
 *   start_stop_ns  all of the last three
 * The serial build has the first alone. Parameter: alone=1, without the other worker's task. */
#include "latency.h"

static struct cell first;
static BENCH_UNUSED struct cell other;
static struct bench bench;
static int64_t main_ended, started;

static long stamp(struct cell *c)
{
    cell_stamp(c);
    return 0;
}

/* After the handlers of atexit and the library's own destructors of usual priority. */
static __attribute__((destructor(101))) void report(void)
{
    if (main_ended == 0)
        return;
    bench_metric(&bench, "stop_ns", (double)(bench_now() - main_ended));
    bench_metric(&bench, "start_stop_ns", (double)(started + (bench_now() - main_ended)));
    printf("bench=startup system=%s workers=%d%s ok=1 ns=%lld cpu_ns=%lld tasks=2%s\n",
           BENCH_SYSTEM, bench.workers, bench.params, (long long)bench.ns,
           (long long)bench.cpu_ns, bench.metrics);
    fflush(stdout);
}

/* Not in main: a function that spawns makes its thread a worker when it is entered. */
static BENCH_NOINLINE void first_task(void)
{
#ifdef BENCH_SERIAL
    stamp(&first);
#else
    flowvar(long) task = spawn stamp(&first);
    sync(task);
#endif
}

#ifdef BENCH_TINE
/* Until another worker has begun a task. */
static BENCH_NOINLINE void other_task(void)
{
    flowvar(long) task = spawn stamp(&other);
    if (!cell_wait(&other, 5000000000))
        bench_die("startup", "no other worker came", "");
    sync(task);
}
#endif

int main(int argc, char **argv)
{
    bench_open(&bench, "startup", argc, argv);
    bool alone = bench_param(&bench, "alone", 0, 0) != 0;
    bench_params_end(&bench);

    bench_begin(&bench);
    int64_t before = bench_now();
    first_task();
    started = bench_now() - before;
    bench_metric(&bench, "start_ns", (double)started);
#ifdef BENCH_TINE
    if (bench.workers > 1 && !alone) {
        int64_t up = bench_now();
        other_task();
        started = cell_at(&other) - before;
        bench_metric(&bench, "other_ns", (double)(cell_at(&other) - up));
    }
#else
    (void)alone;
#endif
    bench_end(&bench);
    const char *epoch = getenv("BENCH_EPOCH");
    if (epoch != NULL)
        bench_metric(&bench, "first_ns", (double)(cell_at(&first) - strtoll(epoch, NULL, 10)));
    main_ended = bench_now();
    return 0;
}
