// Bit-fields as arguments are read by the parent.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int add(int a, int b)
{
    return a + b;
}

int main(void)
{
    struct bits {
        unsigned a : 3;
        int b : 5;
    } s = {7, -3};
    // CHECK: {{^}}/* argument_bit_field.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn add(s.a, s.b);
    s.a = 0;
    return sync(x) != 4;
}
