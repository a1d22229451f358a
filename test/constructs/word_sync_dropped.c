// The result of sync may be dropped.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    // CHECK: {{^}}/* word_sync_dropped.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn twice(1);
    sync(x);
    flowvar(int) y = spawn twice(1);
    (void)sync(y);
    return 0;
}
