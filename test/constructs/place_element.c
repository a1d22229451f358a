// v[i++] = spawn.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    flowvar(int) v[2];
    int i = 0;
    // CHECK: {{^}}/* place_element.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    v[i++] = spawn twice(1);
    v[i++] = spawn twice(2);
    return i != 2 || sync(v[0]) + sync(v[1]) != 6;
}
