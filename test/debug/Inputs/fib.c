#include <stdio.h>
#include <stdlib.h>
#include <tine.h>

long fib(int n)
{
    if (n < 2)
        return n;
    flowvar(long) x = spawn fib(n - 1);
    long y = fib(n - 2);
    long r = sync(x);
    return r + y;
}

int main(int argc, char **argv)
{
    int n = argc > 1 ? atoi(argv[1]) : 10;
    flowvar(long) whole = spawn fib(n);
    long result = sync(whole);
    printf("%ld\n", result);
    return 0;
}
