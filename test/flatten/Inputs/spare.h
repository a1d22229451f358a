#ifndef SPARE_H
#define SPARE_H
#include <tine.h>
#include "spare_once.h"
#define SPARE_MACRO 3
static const int spare_table[] = {1, 2, 3};
static inline int spare_helper(int n)
{
    return n;
}
static inline int spare_task(int n)
{
    return n + 1;
}
static inline int spare_twice(int n)
{
    flowvar(int) x = spawn spare_task(n);
    return sync(x) * 2;
}
static inline int spare_unused(int n)
{
    flowvar(int) x = spawn spare_task(n);
    return sync(x) * 3;
}
#endif
