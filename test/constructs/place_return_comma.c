// return with a comma before the spawn.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

static flowvar(int) start(int n)
{
    // CHECK: {{^}}/* place_return_comma.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    return n++, spawn twice(n);
}

int main(void)
{
    return sync(start(1)) != 4;
}
