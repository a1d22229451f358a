/* A header with a Tine word in a function: what includes it is translated. */
#include <tine.h>

#include "number.h"

static inline int half_of(int n)
{
    return n / 2;
}

static inline int whole(void)
{
    flowvar(int) half = spawn half_of(NUMBER);
    int other = half_of(NUMBER);
    return sync(half) + other;
}
