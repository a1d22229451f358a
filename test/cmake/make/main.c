#include <tine.h>

#include <stdio.h>

#include "half.h"

int main(void)
{
    flowvar(int) other = spawn half();
    int whole = half();
    printf("%d\n", whole + sync(other));
    return 0;
}
