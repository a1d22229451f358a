// A macro that changes its meaning.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

#define RUN spawn twice(1)

int main(void)
{
    // CHECK: {{^}}/* macro_redefined.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = RUN;
    #undef RUN
    #define RUN spawn twice(2)
    flowvar(int) y = RUN;
    return sync(x) + sync(y) != 6;
}
