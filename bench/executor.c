/* Making and ending an executor inside a running process, with a task in between that another
 * thread runs: what a library pays that has an executor of its own for each call. oneTBB: its
 * scheduler is ended by tbb::finalize. Parameter: samples. */
#include "latency.h"

static struct cell task_cell;

static long stamp(void)
{
    cell_stamp(&task_cell);
    return 0;
}

struct sample {
    int64_t start; /* to the first task's begin */
    int64_t stop;  /* from its end until all threads are gone */
};

#ifdef BENCH_TBB
static struct sample once(int workers)
{
    struct sample s;
    cell_clear(&task_cell);
    int64_t before = bench_now();
    tbb::task_scheduler_handle handle{tbb::attach{}};
    tbb::task_arena arena(workers);
    tbb::task_group g;
    arena.execute([&] {
        g.run([] { stamp(); });
        cell_wait(&task_cell, 5000000000);
        g.wait();
    });
    int64_t ran = bench_now();
    tbb::finalize(handle, std::nothrow);
    s.start = cell_at(&task_cell) - before;
    s.stop = bench_now() - ran;
    return s;
}
#else
static struct sample once(int workers)
{
    struct sample s;
    tine_executor_config config = {.workers = (unsigned)workers};
    cell_clear(&task_cell);
    int64_t before = bench_now();
    tine_executor *executor = tine_executor_new(&config);
    if (executor == NULL)
        bench_die("executor", "no executor", "");
    flowvar(long) task = spawn_on(executor, stamp());
    sync(task);
    int64_t ran = bench_now();
    tine_executor_free(executor);
    s.start = cell_at(&task_cell) - before;
    s.stop = bench_now() - ran;
    return s;
}
#endif

int main(int argc, char **argv)
{
    struct bench b;
    bench_open(&b, "executor", argc, argv);
    long samples = bench_param(&b, "samples", 200, 1);
    bench_params_end(&b);

    int64_t *start = (int64_t *)bench_alloc(&b, (size_t)samples, sizeof *start);
    int64_t *stop = (int64_t *)bench_alloc(&b, (size_t)samples, sizeof *stop);
    int64_t *both = (int64_t *)bench_alloc(&b, (size_t)samples, sizeof *both);
    bench_begin(&b);
    for (long i = 0; i < samples; i++) {
        struct sample s = once(b.workers);
        start[i] = s.start;
        stop[i] = s.stop;
        both[i] = s.start + s.stop;
    }
    bench_end(&b);
    bench_times(&b, "start", start, samples);
    bench_times(&b, "stop", stop, samples);
    bench_times(&b, "start_stop", both, samples);
    free(start);
    free(stop);
    free(both);
    return bench_close(&b, samples, true);
}
