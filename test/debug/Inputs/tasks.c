#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <tine.h>

static volatile int hold = 1;
static volatile int started;

long leaf(long n)
{
    long sum = 0;
    for (long i = 0; i < n; i++)
        sum += i;
    return sum;
}

long blocked(long n, const char *name)
{
    started = 1;
    while (hold)
        usleep(1000);
    long r = leaf(n);
    return r + (name[0] == 'x');
}

__attribute__((noinline)) void stop_here(void)
{
    __asm__ volatile("" ::: "memory");
}

long parent(long n)
{
    flowvar(long) empty;
    flowvar(long) first = spawn blocked(n, "first");
    while (!started)
        usleep(1000);
    flowvar(long) second = spawn leaf(n + 1);
    flowvar(long) third = spawn leaf(n + 2);
    stop_here();
    hold = 0;
    long c = sync(third);
    long b = sync(second);
    long a = sync(first);
    if (a < 0)
        empty = spawn leaf(1), a = sync(empty);
    return a + b + c;
}

int main(void)
{
    printf("%ld\n", parent(10));
    return 0;
}
