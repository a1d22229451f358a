// A thread-local handle.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

static _Thread_local flowvar(int) x;

int main(void)
{
    // CHECK: {{^}}/* place_thread_local.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    x = spawn twice(1);
    return sync(x) != 2;
}
