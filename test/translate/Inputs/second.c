#include "shared.h"

extern inline long third(int n);

flowvar(long) begin_halve(int n)
{
    return spawn halve(n);
}
