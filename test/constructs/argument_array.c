// An array decays to a pointer.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int last(const int v[static 3])
{
    return v[2];
}

int main(void)
{
    int v[3] = {1, 2, 3};
    // CHECK: {{^}}/* argument_array.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn last(v);
    return sync(x) != 3;
}
