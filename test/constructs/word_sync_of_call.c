// sync of a call that returns a handle.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

static flowvar(int) start(int n)
{
    // CHECK: {{^}}/* word_sync_of_call.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    return spawn twice(n);
}

int main(void)
{
    return sync(start(2)) != 4;
}
