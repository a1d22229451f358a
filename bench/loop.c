/* A parallel loop over halves with a body of a few nanoseconds, down to `grain` items.
 * Parameters: n, grain, rounds (over the same items). */
#include "common.h"

static long grain;

static void body(uint32_t *item, long first, long last)
{
    for (long i = first; i < last; i++)
        item[i] = (item[i] ^ item[i] >> 15) * 0x2c1b3c6du;
}

#ifdef BENCH_PEER
static long loop(uint32_t *item, long first, long last)
{
    if (last - first <= grain) {
        body(item, first, last);
        return last - first;
    }
    long middle = first + (last - first) / 2;
    long low;
    GROUP(g);
    TASK(g, low, low = loop(item, first, middle));
    long high = loop(item, middle, last);
    WAIT(g);
    return low + high;
}
#else
static long loop(uint32_t *item, long first, long last)
{
    if (last - first <= grain) {
        body(item, first, last);
        return last - first;
    }
    long middle = first + (last - first) / 2;
    flowvar(long) low = spawn loop(item, first, middle);
    long high = loop(item, middle, last);
    return sync(low) + high;
}
#endif

static long repeat(uint32_t *item, long n, long rounds)
{
    long done = 0;
    for (long i = 0; i < rounds; i++)
        done += loop(item, 0, n);
    return done;
}

static int64_t tasks_of(long n)
{
    return n <= grain ? 0 : 1 + tasks_of(n / 2) + tasks_of(n - n / 2);
}

int main(int argc, char **argv)
{
    struct bench b;
    bench_open(&b, "loop", argc, argv);
    long n = bench_param(&b, "n", 100000, 1);
    grain = bench_param(&b, "grain", 8, 1);
    long rounds = bench_param(&b, "rounds", 1000, 1);
    bench_params_end(&b);

    uint32_t *item = (uint32_t *)bench_alloc(&b, (size_t)n, sizeof *item);
    for (long i = 0; i < n; i++)
        item[i] = (uint32_t)i;
    long done = 0;
    BENCH_RUN(&b, done = repeat(item, n, rounds));

    bool ok = done == n * rounds;
    for (long i = 0; i < n && i < 1000; i++) {
        uint32_t wanted = (uint32_t)i;
        for (long r = 0; r < rounds; r++)
            body(&wanted, 0, 1);
        ok = ok && item[i] == wanted;
    }
    free(item);
    return bench_close(&b, rounds * tasks_of(n), ok);
}
