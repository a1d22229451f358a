// A pending is handed on by flowvar_move.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

static int finish(tine_pending(int) p)
{
    return tine_wait_for(p);
}

int main(void)
{
    // CHECK: {{^}}/* submit_moved.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    tine_pending(int) p = tine_submit twice(1);
    return finish(flowvar_move(p)) != 2 || tine_is_submitted(p);
}
