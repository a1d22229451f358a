// An unsigned int beyond INT_MAX.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static unsigned give(unsigned v)
{
    return v;
}

int main(void)
{
    // CHECK: {{^}}/* result_unsigned.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(unsigned) x = spawn give(4000000000u);
    unsigned r = sync(x);
    return !(r == 4000000000u);
}
