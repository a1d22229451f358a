#include <tine.h>

int object(void), other(void);

static int value(void)
{
    return other();
}

int object(void)
{
    flowvar(int) v = spawn value();
    return sync(v);
}
