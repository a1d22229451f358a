/* Does a task start whose parent never comes back to the runtime? The other workers are busy for
 * hog_ms when the parent spawns one task and then computes for compute_ms. Measured: from the end
 * of the first of the busy tasks to the start of the lone one. Parameters: samples, hog_ms,
 * compute_ms. */
#include "latency.h"

enum { MAX_HOGS = 255 };

static struct cell hogs[MAX_HOGS], lone;
static int64_t hog_ns, compute_ns;

static long hog(int i)
{
    cell_stamp(&hogs[i]);
    bench_compute(hog_ns);
    __atomic_store_n(&hogs[i].ended, bench_now(), __ATOMIC_RELEASE);
    return 0;
}

static long stamp(void)
{
    cell_stamp(&lone);
    return 0;
}

/* Waits until all hogs run; false when one did not start for a second. */
static bool hogs_running(int count)
{
    for (int i = 0; i < count; i++)
        if (!cell_wait(&hogs[i], 1000000000))
            return false;
    return true;
}

/* From the first hog's end to the lone task's start; -1: it was not started while the parent
 * computed; -2: the hogs did not get all of the other workers. */
static int64_t delay(int count, bool running)
{
    int64_t first_end = INT64_MAX;
    if (!running)
        return -2;
    if (cell_at(&lone) == 0)
        return -1;
    for (int i = 0; i < count; i++) {
        int64_t ended = __atomic_load_n(&hogs[i].ended, __ATOMIC_ACQUIRE);
        if (ended != 0 && ended < first_end)
            first_end = ended;
    }
    return cell_at(&lone) > first_end ? cell_at(&lone) - first_end : 0;
}

static int64_t once(int count)
{
    for (int i = 0; i < count; i++)
        cell_clear(&hogs[i]);
    cell_clear(&lone);
#ifdef BENCH_PEER
    GROUP(g);
    for (int i = 0; i < count; i++)
        TASK_VOID(g, hog(i));
    bool running = hogs_running(count);
    TASK_VOID(g, stamp());
    bench_compute(compute_ns);
    int64_t result = delay(count, running);
    WAIT(g);
#else
    flowvar(long) busy[MAX_HOGS];
    for (int i = 0; i < count; i++)
        busy[i] = spawn hog(i);
    bool running = hogs_running(count);
    flowvar(long) task = spawn stamp();
    bench_compute(compute_ns);
    int64_t result = delay(count, running);
    sync(task);
    for (int i = 0; i < count; i++)
        sync(busy[i]);
#endif
    return result;
}

static void measure(int64_t *sample, long samples, int count)
{
    for (long i = 0; i < samples; i++)
        sample[i] = once(count);
}

int main(int argc, char **argv)
{
    struct bench b;
    bench_open(&b, "starvation", argc, argv);
    long samples = bench_param(&b, "samples", 15, 1);
    hog_ns = bench_param(&b, "hog_ms", 20, 0) * INT64_C(1000000);
    compute_ns = bench_param(&b, "compute_ms", 200, 1) * INT64_C(1000000);
    bench_params_end(&b);
    if (b.workers < 2 || b.workers > MAX_HOGS)
        bench_die("starvation", "needs 2 to 255 workers", "");

    int64_t *sample = (int64_t *)bench_alloc(&b, (size_t)samples, sizeof *sample);
    BENCH_RUN(&b, measure(sample, samples, b.workers - 1));

    long started = 0, never = 0, no_hogs = 0;
    for (long i = 0; i < samples; i++) {
        never += sample[i] == -1;
        no_hogs += sample[i] == -2;
        if (sample[i] >= 0)
            sample[started++] = sample[i];
    }
    bench_metric(&b, "never_started", (double)never);
    bench_metric(&b, "no_hogs", (double)no_hogs);
    if (started > 0)
        bench_times(&b, "delay", sample, started);
    free(sample);
    return bench_close(&b, samples * b.workers, never == 0 && no_hogs == 0);
}
