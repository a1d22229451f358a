#include <stdio.h>
#include <stdlib.h>
#include <tine.h>

static int broken(int n)
{
    int *p = malloc(sizeof *p * 4);
    p[0] = n;
    if (n > 3)
        p = NULL;
    return *p;
}

static long fib(int n)
{
    if (n < 2)
        return n;
    flowvar(long) x = spawn fib(n - 1);
    long y = fib(n - 2);
    return sync(x) + y;
}

static void count(int *slot, int n)
{
    *slot = n;
}

int main(void)
{
    int slots[4];
    flowvar(int) many[2];
    sync_scope {
        for (int i = 0; i < 4; i++)
            spawn count(&slots[i], i);
    }
    many[0] = spawn broken(2);
    many[1] = spawn broken(5);
    int sum = 0;
    for (int i = 0; i < 2; i++)
        if (is_spawned(many[i]))
            sum += sync(many[i]);
    printf("%ld %d\n", fib(10), sum + slots[1]);
    return 0;
}
