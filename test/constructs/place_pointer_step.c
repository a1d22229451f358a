// *p++ = spawn: the step happens once.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    flowvar(int) v[2], *p = v;
    // CHECK: {{^}}/* place_pointer_step.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    *p++ = spawn twice(1);
    *p++ = spawn twice(2);
    return p != v + 2 || sync(v[0]) + sync(v[1]) != 6;
}
