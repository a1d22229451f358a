// Arguments are converted to the parameters' types by the parent.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int narrow(unsigned char c, int n, unsigned short u)
{
    return c + n + u;
}

int main(void)
{
    volatile int large = 300;
    volatile double fraction = 5.9;
    // CHECK: {{^}}/* argument_conversion_integer.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn narrow(large, fraction, -1);
    return sync(x) != 44 + 5 + 65535;
}
