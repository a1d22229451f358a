#include <tine.h>

int dynamic(void);

static int value(void)
{
    return 7;
}

int dynamic(void)
{
    flowvar(int) v = spawn value();
    return sync(v);
}
