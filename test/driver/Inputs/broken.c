#include <tine.h>

int f(int n)
{
    flowvar(int) x = spawn f(n - 1);
    return sync(x) + undeclared;
}
