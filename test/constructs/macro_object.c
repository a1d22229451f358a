// A macro that stands for spawn, one for sync.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

#define GO spawn
#define WAIT sync

int main(void)
{
    // CHECK: {{^}}/* macro_object.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = GO twice(1);
    return WAIT(x) != 2;
}
