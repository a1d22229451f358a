#include "beside.h"
static inline int from_deep(int n)
{
    flowvar(int) x = spawn deep_task(n);
    return sync(x);
}
