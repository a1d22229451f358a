#include "half.h"

int half(void)
{
    return HALF;
}
