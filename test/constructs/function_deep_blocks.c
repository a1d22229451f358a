// Handles in nested blocks.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    int r = 0;
    {
    // CHECK: {{^}}/* function_deep_blocks.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
        flowvar(int) x = spawn twice(1);
        {
            flowvar(int) y = spawn twice(2);
            {
                flowvar(int) z = spawn twice(3);
                r += sync(z);
            }
            r += sync(y);
        }
        r += sync(x);
    }
    return r != 12;
}
