// A long double keeps its digits.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static long double give(long double v)
{
    return v;
}

int main(void)
{
    // CHECK: {{^}}/* result_long_double.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(long double) x = spawn give(1.0L / 3);
    long double r = sync(x);
    return !(r == 1.0L / 3);
}
