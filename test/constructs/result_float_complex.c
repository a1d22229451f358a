// A float complex.
// RUN: %every %s %t | %FileCheck %s
#include <complex.h>
#include <tine.h>

static float _Complex give(float _Complex v)
{
    return v;
}

int main(void)
{
    // CHECK: {{^}}/* result_float_complex.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(float _Complex) x = spawn give(2.0f * I);
    float _Complex r = sync(x);
    return !(__imag__ r == 2);
}
