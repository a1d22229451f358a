#include <tine.h>

int part(void);

static int value(void)
{
    return PART;
}

int part(void)
{
    flowvar(int) v = spawn value();
    return sync(v);
}
