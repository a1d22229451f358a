// Spawns in cases, with fall through by design.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    volatile int n = 2;
    flowvar(int) x;
    switch (n) {
    case 1:
    // CHECK: {{^}}/* place_switch.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
        x = spawn twice(1);
        break;
    case 2:
        x = spawn twice(2);
        break;
    default:
        x = spawn twice(3);
    }
    return sync(x) != 4;
}
