// A double complex.
// RUN: %every %s %t | %FileCheck %s
#include <complex.h>
#include <tine.h>

static double _Complex give(double _Complex v)
{
    return v;
}

int main(void)
{
    // CHECK: {{^}}/* result_complex.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(double _Complex) x = spawn give(2.0 + 3.0 * I);
    double _Complex r = sync(x);
    return !(__real__ r == 2 && __imag__ r == 3);
}
