#include <stdlib.h>
#include <stdio.h>
#include <tine.h>

static __attribute__((noinline)) long sum(const long *v, int n)
{
    long s = 0;
    for (int i = 0; i < n; i++)
        s += v[i];
    return s;
}

long broken(int n)
{
    long *v = malloc(sizeof *v * (size_t)n);
    for (int i = 0; i < n; i++)
        v[i] = i;
    flowvar(long) whole = spawn sum(v, n + 1);
    long r = sync(whole);
    free(v);
    return r;
}

int main(void)
{
    printf("%d\n", broken(100) != 0);
    return 0;
}
