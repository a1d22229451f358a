// An array of jobs.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    tine_pending(int) p[4];
    int r = 0;
    for (int i = 0; i < 4; i++)
    // CHECK: {{^}}/* submit_array.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
        p[i] = tine_submit twice(i);
    for (int i = 0; i < 4; i++)
        r += tine_wait_for(p[i]);
    return r != 12;
}
