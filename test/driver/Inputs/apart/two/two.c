#include <tine.h>

#include "which.h"

static int which(void)
{
    return WHICH;
}

int two(void)
{
    flowvar(int) x = spawn which();
    return sync(x);
}
