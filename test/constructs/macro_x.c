// X-macros declare, spawn and sync.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

#define LIST(X) X(a, 1) X(b, 2) X(c, 3)
#define START(name, n) flowvar(int) h_##name = spawn twice(n);
#define FINISH(name, n) r += sync(h_##name);

int main(void)
{
    int r = 0;
    // CHECK: {{^}}/* macro_x.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    LIST(START)
    LIST(FINISH)
    return r != 12;
}
