/* Bouncing producer and consumers (Dinan et al., 2007): each producer spawns the next producer and
 * then `width` consumers of `steps` steps of work; the oldest task is the next producer, so that a
 * thief takes it away and the source of work moves. Parameters: depth, width, steps (1.5 ns
 * each). */
#include "common.h"

enum { MAX_WIDTH = 64 };

static int width;
static long steps;

static uint64_t consume(uint64_t seed)
{
    return bench_work(seed, steps) & 1;
}

#ifdef BENCH_PEER
static uint64_t consumers(int depth)
{
    uint64_t part[MAX_WIDTH], sum = 0;
    GROUP(g);
    for (int i = 0; i < width; i++)
        TASK(g, part, part[i] = consume((uint64_t)(depth * MAX_WIDTH + i)));
    WAIT(g);
    for (int i = 0; i < width; i++)
        sum += part[i];
    return sum;
}

static uint64_t produce(int depth)
{
    if (depth == 0)
        return consumers(0);
    uint64_t next;
    GROUP(g);
    TASK(g, next, next = produce(depth - 1));
    uint64_t sum = consumers(depth);
    WAIT(g);
    return sum + next;
}
#else
static uint64_t consumers(int depth)
{
    flowvar(uint64_t) part[MAX_WIDTH];
    for (int i = 0; i < width; i++)
        part[i] = spawn consume((uint64_t)(depth * MAX_WIDTH + i));
    uint64_t sum = 0;
    for (int i = width; i-- > 0;)
        sum += sync(part[i]);
    return sum;
}

static uint64_t produce(int depth)
{
    if (depth == 0)
        return consumers(0);
    flowvar(uint64_t) next = spawn produce(depth - 1);
    uint64_t sum = consumers(depth);
    return sum + sync(next);
}
#endif

int main(int argc, char **argv)
{
    struct bench b;
    bench_open(&b, "bpc", argc, argv);
    int depth = (int)bench_param(&b, "depth", 3000, 0);
    width = (int)bench_param(&b, "width", 9, 1);
    steps = bench_param(&b, "steps", 8000, 0);
    bench_params_end(&b);
    if (width > MAX_WIDTH)
        bench_die("bpc", "width is at most 64", "");

    uint64_t result = 0;
    BENCH_RUN(&b, result = produce(depth));

    uint64_t expected = 0;
    for (int d = 0; d <= depth; d++)
        for (int i = 0; i < width; i++)
            expected += consume((uint64_t)(d * MAX_WIDTH + i));
    return bench_close(&b, depth + (int64_t)(depth + 1) * width, result == expected);
}
