/* Fibonacci numbers by the definition, every call of two or more spawning: nothing but spawn and
 * sync, so that (one worker - serial) / tasks is what a pair costs. Parameter: n. */
#include "common.h"

#ifdef BENCH_PEER
static long fib(int n)
{
    if (n < 2)
        return n;
    long x;
    GROUP(g);
    TASK(g, x, x = fib(n - 1));
    long y = fib(n - 2);
    WAIT(g);
    return x + y;
}
#else
static long fib(int n)
{
    if (n < 2)
        return n;
    flowvar(long) x = spawn fib(n - 1);
    long y = fib(n - 2);
    return sync(x) + y;
}
#endif

int main(int argc, char **argv)
{
    struct bench b;
    bench_open(&b, "fib", argc, argv);
    int n = (int)bench_param(&b, "n", 38, 0);
    bench_params_end(&b);

    long result = 0;
    BENCH_RUN(&b, result = fib(n));

    long expected = 0, next = 1;
    for (int i = 0; i < n; i++) {
        long sum = expected + next;
        expected = next;
        next = sum;
    }
    return bench_close(&b, n < 2 ? 0 : next - 1, result == expected);
}
