#include <stdio.h>
#include <tine.h>

static unsigned busy(unsigned n)
{
    unsigned x = n;
    for (unsigned i = 0; i < 100000000; i++)
        x = x * 1664525 + 1013904223;
    return x;
}

unsigned both(unsigned n)
{
    flowvar(unsigned) one = spawn busy(n);
    unsigned other = busy(n + 1);
    return sync(one) ^ other;
}

int main(void)
{
    printf("%u\n", both(7));
    return 0;
}
