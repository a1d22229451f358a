/* A header with a function that spawns. */
#ifndef INLINE_H
#define INLINE_H
#include "constant.h"
static inline int from_header_task(int n) { return n + CONSTANT; }
static inline int from_header(int n)
{
    flowvar(int) x = spawn from_header_task(n);
    return sync(x);
}
#endif
