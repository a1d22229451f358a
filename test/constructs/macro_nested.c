// Macros in macros.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

#define START(name, call) flowvar(int) name = spawn call
#define BOTH(to, a, b)     \
    do {                   \
        START(l, a);       \
        START(r_, b);      \
        to = sync(l) + sync(r_); \
    } while (0)

int main(void)
{
    int r;
    // CHECK: {{^}}/* macro_nested.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    BOTH(r, twice(1), twice(2));
    return r != 6;
}
