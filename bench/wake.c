/* From spawn to the task's first instruction on another worker, the parent spinning meanwhile.
 *
 * busy=0: the pool was idle, and the parent asleep, for gap_us (10 ms): the task must wake a
 * thread. Beside it, in turn, a bare futex wake-up of a thread that sleeps as long: what the
 * kernel takes. That thread is kept off the parent's CPU, by a call ahead of the gap: left alone it
 * often wakes there, in the parent's stead, which is no start on another CPU.
 * busy=1: the parent computed for gap_us (some us) since the last task: the other worker still
 * searches. Parameters: samples, gap_us, busy. */
#include "latency.h"

#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>

static struct cell task_cell, futex_cell;

/* ---- the bare futex ---- */
static uint32_t futex_word; /* bumped for each wake-up; UINT32_MAX ends the thread */

static void *futex_sleeper(void *unused)
{
    uint32_t seen = 0;
    while (seen != UINT32_MAX) {
        syscall(SYS_futex, &futex_word, FUTEX_WAIT_PRIVATE, seen, NULL, NULL, 0);
        uint32_t word = __atomic_load_n(&futex_word, __ATOMIC_ACQUIRE);
        if (word != seen)
            cell_stamp(&futex_cell);
        seen = word;
    }
    return unused;
}

static void futex_wake(uint32_t word)
{
    __atomic_store_n(&futex_word, word, __ATOMIC_RELEASE);
    syscall(SYS_futex, &futex_word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

/* Ahead of the gap: the sleeper shall not wake on the caller's CPU. */
static void keep_off(pthread_t sleeper)
{
    cpu_set_t others;
    if (sched_getaffinity(0, sizeof others, &others) != 0)
        return;
    CPU_CLR(sched_getcpu(), &others);
    if (CPU_COUNT(&others) > 0)
        pthread_setaffinity_np(sleeper, sizeof others, &others);
}

static int64_t time_futex(uint32_t word)
{
    cell_clear(&futex_cell);
    int64_t before = bench_now();
    futex_wake(word);
    while (cell_at(&futex_cell) == 0)
        bench_pause();
    return cell_at(&futex_cell) - before;
}

/* ---- the task ---- */
static long stamp(void)
{
    cell_stamp(&task_cell);
    return 0;
}

enum { LIMIT_S = 5, BLOCK = 10 };

/* The time to the task's start; -1 when it did not start while the parent computed. */
static int64_t time_task(void)
{
    cell_clear(&task_cell);
    int64_t before = bench_now();
#ifdef BENCH_PEER
    GROUP(g);
    TASK_VOID(g, stamp());
    bool started = cell_wait(&task_cell, LIMIT_S * INT64_C(1000000000));
    WAIT(g);
#else
    flowvar(long) task = spawn stamp();
    bool started = cell_wait(&task_cell, LIMIT_S * INT64_C(1000000000));
    sync(task);
#endif
    return started ? cell_at(&task_cell) - before : -1;
}

static void gap(long gap_us, bool busy)
{
    if (busy)
        bench_compute(gap_us * 1000);
    else
        bench_sleep(gap_us * 1000);
}

/* Fills both arrays, in blocks by turns; how many tasks were never started. */
static long measure(int64_t *tasks, int64_t *wakes, pthread_t sleeper, long samples, long gap_us,
                    bool busy)
{
    time_task(); /* starts the executor */
    for (long done = 0; done < samples; done += BLOCK) {
        long end = done + BLOCK < samples ? done + BLOCK : samples;
        for (long i = done; i < end; i++) {
            gap(gap_us, busy);
            tasks[i] = time_task();
            if (tasks[i] < 0)
                return 1;
        }
        for (long i = done; i < end && !busy; i++) {
            keep_off(sleeper);
            gap(gap_us, busy);
            wakes[i] = time_futex((uint32_t)i + 1);
        }
    }
    return 0;
}

int main(int argc, char **argv)
{
    struct bench b;
    bench_open(&b, "wake", argc, argv);
    long samples = bench_param(&b, "samples", 300, 1);
    long gap_us = bench_param(&b, "gap_us", 10000, 0);
    bool busy = bench_param(&b, "busy", 0, 0) != 0;
    bench_params_end(&b);
    if (b.workers < 2)
        bench_die("wake", "needs two workers", "");

    int64_t *tasks = (int64_t *)bench_alloc(&b, (size_t)samples, sizeof *tasks);
    int64_t *wakes = (int64_t *)bench_alloc(&b, (size_t)samples, sizeof *wakes);
    pthread_t sleeper;
    if (pthread_create(&sleeper, NULL, futex_sleeper, NULL) != 0)
        bench_die("wake", "no thread", "");

    long lost = 0;
    BENCH_RUN(&b, lost = measure(tasks, wakes, sleeper, samples, gap_us, busy));

    futex_wake(UINT32_MAX);
    pthread_join(sleeper, NULL);
    bench_metric(&b, "never_started", (double)lost);
    if (lost == 0) {
        bench_times(&b, "task", tasks, samples);
        if (!busy)
            bench_times(&b, "futex", wakes, samples);
    }
    free(tasks);
    free(wakes);
    return bench_close(&b, samples, lost == 0);
}
