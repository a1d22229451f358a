#include <tine.h>

int object(void);

static int value(void)
{
    return 5;
}

int object(void)
{
    flowvar(int) v = spawn value();
    return sync(v);
}
