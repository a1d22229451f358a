/* Serial by a definition of its own. */
#include <tine.h>

#ifndef TINE_SERIAL
#error the definition of this source is lost
#endif

static int half(int n)
{
    return n / 2;
}

int serially(int n);

int serially(int n)
{
    flowvar(int) x = spawn half(n);
    return sync(x);
}
