// tine_submit on the global executor.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    // CHECK: {{^}}/* submit_global.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    tine_pending(int) p = tine_submit twice(1);
    return tine_wait_for(p) != 2;
}
