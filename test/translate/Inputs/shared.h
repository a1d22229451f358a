#ifndef SHARED_H
#define SHARED_H
#include <tine.h>

static inline long halve(int n)
{
    if (n < 2)
        return n;
    flowvar(long) x = spawn halve(n / 2);
    return sync(x) + n;
}

inline long third(int n)
{
    if (n < 3)
        return n;
    flowvar(long) x = spawn third(n / 3);
    return third(n - 3) + sync(x);
}

flowvar(long) begin_halve(int n);
#endif
