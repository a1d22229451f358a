// A static local keeps its handle between calls.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

static int step(int n)
{
    static flowvar(int) x;
    int r = is_spawned(x) ? sync(x) : -1;
    // CHECK: {{^}}/* place_static_local.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    x = spawn twice(n);
    return r;
}

int main(void)
{
    return step(1) != -1 || step(2) != 2 || step(3) != 4;
}
