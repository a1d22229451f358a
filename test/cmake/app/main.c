#include <tine.h>

#include <stdio.h>

#include "used.h"

static int square(int n)
{
    return n * n;
}

int main(void)
{
    flowvar(int) s = spawn square(USED);
    int sum = part() + object() + dynamic() + plain() + serially(0) + warned(0);
    printf("%d\n", sync(s) + sum);
    return 0;
}
