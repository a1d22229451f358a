#include <tine.h>

static int one(void)
{
    return 1;
}

int twice(void)
{
    flowvar(int) a = spawn one();
    int b = one();
    return sync(a) + b;
}
