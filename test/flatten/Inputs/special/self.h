#ifndef TWICE
#define TWICE
#define NAME inner_1
#include "self.h"
#define NAME inner_2
#include "self.h"
#else
static int NAME(int n)
{
    flowvar(int) x = spawn work(n);
    return sync(x);
}
#undef NAME
#endif
