// A switch whose body is one labelled spawn.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    volatile int n = 1;
    flowvar(int) x;
    switch (n)
    case 1:
    // CHECK: {{^}}/* place_switch_unbraced.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
        x = spawn twice(1);
    return sync(x) != 2;
}
