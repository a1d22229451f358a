/* fib [N]: the Nth Fibonacci number by the worst way there is, a task for each step. What it measures
 * is the price of spawn and sync. */
#include <tine.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static long fib(int n)
{
    if (n < 2) return n;
    flowvar(long) x = spawn fib(n - 1); /* may run in parallel */
    long y = fib(n - 2);
    return sync(x) + y; /* waits, and runs other work meanwhile */
}

int main(int argc, char **argv)
{
    char *end = NULL;
    errno = 0;
    long n = argc > 1 ? strtol(argv[1], &end, 10) : 30;
    if (argc > 2 || errno || (end && (*end || end == argv[1])) || n < 0 || n > 60) {
        fprintf(stderr, "usage: fib [N], N from 0 to 60\n");
        return 2;
    }
    printf("fib(%ld) = %ld\n", n, fib((int)n));
    return 0;
}
