// An else belongs to the inner if, as without the word.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    volatile int a = 1, b = 0;
    flowvar(int) x;
    if (a) {
        if (b)
    // CHECK: {{^}}/* place_dangling_else.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
            x = spawn twice(1);
        else
            x = spawn twice(2);
    }
    return sync(x) != 4;
}
