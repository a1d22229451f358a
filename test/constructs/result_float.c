// A float is not widened.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static float give(float v)
{
    return v;
}

int main(void)
{
    // CHECK: {{^}}/* result_float.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(float) x = spawn give(0.1f);
    float r = sync(x);
    return !(r == 0.1f);
}
