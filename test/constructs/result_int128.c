// A 128-bit integer.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static __int128 give(__int128 v)
{
    return v;
}

int main(void)
{
    // CHECK: {{^}}/* result_int128.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(__int128) x = spawn give((__int128)1 << 100);
    __int128 r = sync(x);
    return !(r >> 100 == 1);
}
