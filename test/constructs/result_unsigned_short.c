// An unsigned short is not promoted on the way.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static unsigned short give(unsigned short v)
{
    return v;
}

int main(void)
{
    // CHECK: {{^}}/* result_unsigned_short.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(unsigned short) x = spawn give(60000);
    unsigned short r = sync(x);
    return !(r == 60000);
}
