/* Tine's warning that is an error, if the option of this source were lost; names from the precompiled header. */
#include <tine.h>

#ifndef EXIT_SUCCESS
#error the precompiled header is lost
#endif

static int twice(int n)
{
    return 2 * n;
}

int warned(int n);

int warned(int n)
{
    flowvar(int) dropped = spawn twice(n);
    (void)dropped;
    return n;
}
