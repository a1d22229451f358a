/* Equal tasks spawned in a loop and synced first to last, as a for loop is first written.
 * Parameters: tasks, steps (200,000 steps take about 300 us). */
#include "common.h"

static uint64_t work(uint64_t seed, long steps)
{
    return bench_work(seed, steps) & 1;
}

#ifdef BENCH_PEER
static uint64_t flat(int tasks, long steps)
{
    uint64_t *part = (uint64_t *)__builtin_alloca((size_t)tasks * sizeof *part);
    GROUP(g);
    for (int i = 0; i < tasks; i++)
        TASK_VOID(g, part[i] = work((uint64_t)i, steps));
    WAIT(g);
    uint64_t sum = 0;
    for (int i = 0; i < tasks; i++)
        sum += part[i];
    return sum;
}
#else
static uint64_t flat(int tasks, long steps)
{
    flowvar(uint64_t) part[tasks];
    for (int i = 0; i < tasks; i++)
        part[i] = spawn work((uint64_t)i, steps);
    uint64_t sum = 0;
    for (int i = 0; i < tasks; i++)
        sum += sync(part[i]);
    return sum;
}
#endif

int main(int argc, char **argv)
{
    struct bench b;
    bench_open(&b, "flat", argc, argv);
    int tasks = (int)bench_param(&b, "tasks", 400, 1);
    long steps = bench_param(&b, "steps", 200000, 0);
    bench_params_end(&b);
    if (tasks > 10000)
        bench_die("flat", "at most 10000 tasks: their handles are on the stack", "");

    uint64_t result = 0;
    BENCH_RUN(&b, result = flat(tasks, steps));

    uint64_t expected = 0;
    for (int i = 0; i < tasks; i++)
        expected += work((uint64_t)i, steps);
    return bench_close(&b, tasks, result == expected);
}
