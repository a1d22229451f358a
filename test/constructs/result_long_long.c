// A long long of more than 32 bits.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static long long give(long long v)
{
    return v;
}

int main(void)
{
    // CHECK: {{^}}/* result_long_long.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(long long) x = spawn give(1LL << 60);
    long long r = sync(x);
    return !(r == 1LL << 60);
}
