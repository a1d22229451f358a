// A labelled spawn.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    flowvar(int) x;
    int n = 0;
    again:
    // CHECK: {{^}}/* place_label.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    x = spawn twice(n);
    if (sync(x) < 4 && ++n)
        goto again;
    return n != 2;
}
