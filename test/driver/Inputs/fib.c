#include <tine.h>

#include <stdio.h>

#include "number.h"

long fib(int n)
{
    if (n < 2) return n;
    flowvar(long) x = spawn fib(n - 1);
    long y = fib(n - 2);
    return sync(x) + y;
}

int main(void)
{
    printf("%ld %s %s:%d\n", fib(NUMBER), __BASE_FILE__, __FILE__, __LINE__);
    return 0;
}
