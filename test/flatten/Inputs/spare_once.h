#pragma once
static const int spare_number = 7;
static inline int spare_once(int n)
{
    flowvar(int) x = spawn spare_once(n);
    return sync(x);
}
