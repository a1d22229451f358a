/* Memory of tasks that wait to be begun: `tasks` are spawned before the first is synced. With one
 * worker all of them wait. bytes_per_task leaves out the handles, which are in memory before.
 * Parameter: tasks. */
#include "common.h"

static uint64_t identity(uint64_t x)
{
    return x;
}

/* Bytes of this process that are in memory now. */
static double resident(const struct bench *b)
{
    long pages = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    if (f == NULL || fscanf(f, "%*d %ld", &pages) != 1)
        bench_die(b->name, "cannot read /proc/self/statm", "");
    fclose(f);
    return (double)pages * (double)sysconf(_SC_PAGESIZE);
}

#ifdef BENCH_PEER
typedef uint64_t handle;

static uint64_t run(struct bench *b, handle *part, long tasks)
{
    GROUP(g);
    double before = resident(b);
    for (long i = 0; i < tasks; i++)
        TASK_VOID(g, part[i] = identity((uint64_t)i));
    bench_metric(b, "bytes_per_task", (resident(b) - before) / (double)tasks);
    WAIT(g);
    uint64_t sum = 0;
    for (long i = 0; i < tasks; i++)
        sum += part[i];
    return sum;
}
#else
typedef flowvar(uint64_t) handle;

static uint64_t run(struct bench *b, handle *part, long tasks)
{
    double before = resident(b);
    for (long i = 0; i < tasks; i++)
        part[i] = spawn identity((uint64_t)i);
    bench_metric(b, "bytes_per_task", (resident(b) - before) / (double)tasks);
    uint64_t sum = 0;
    for (long i = 0; i < tasks; i++)
        sum += sync(part[i]);
    return sum;
}
#endif

int main(int argc, char **argv)
{
    struct bench b;
    bench_open(&b, "pending", argc, argv);
    long tasks = bench_param(&b, "tasks", 10000000, 1);
    bench_params_end(&b);

    handle *part = (handle *)bench_alloc(&b, (size_t)tasks, sizeof *part);
    memset(part, 0, (size_t)tasks * sizeof *part);
    uint64_t result = 0;
    BENCH_RUN(&b, result = run(&b, part, tasks));
    free(part);
    uint64_t n = (uint64_t)tasks;
    return bench_close(&b, tasks, result == n * (n - 1) / 2);
}
