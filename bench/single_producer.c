/* One task spawns all the others, which spawn nothing: every task that another worker runs had to
 * be stolen by itself. Parameters: tasks, steps (1.5 ns each). */
#include "common.h"

static uint64_t consume(uint64_t seed, long steps)
{
    return bench_work(seed, steps) & 1;
}

#ifdef BENCH_PEER
static uint64_t produce(long tasks, long steps, uint64_t *part)
{
    GROUP(g);
    for (long i = 0; i < tasks; i++)
        TASK_VOID(g, part[i] = consume((uint64_t)i, steps));
    WAIT(g);
    uint64_t sum = 0;
    for (long i = 0; i < tasks; i++)
        sum += part[i];
    return sum;
}
typedef uint64_t handle;
#else
typedef flowvar(uint64_t) handle;

static uint64_t produce(long tasks, long steps, handle *part)
{
    for (long i = 0; i < tasks; i++)
        part[i] = spawn consume((uint64_t)i, steps);
    uint64_t sum = 0;
    for (long i = 0; i < tasks; i++)
        sum += sync(part[i]);
    return sum;
}
#endif

int main(int argc, char **argv)
{
    struct bench b;
    bench_open(&b, "single_producer", argc, argv);
    long tasks = bench_param(&b, "tasks", 200000, 1);
    long steps = bench_param(&b, "steps", 2000, 0);
    bench_params_end(&b);

    handle *part = (handle *)bench_alloc(&b, (size_t)tasks, sizeof *part);
    memset(part, 0, (size_t)tasks * sizeof *part);
    uint64_t result = 0;
    BENCH_RUN(&b, result = produce(tasks, steps, part));

    uint64_t expected = 0;
    for (long i = 0; i < tasks; i++)
        expected += consume((uint64_t)i, steps);
    free(part);
    return bench_close(&b, tasks, result == expected);
}
