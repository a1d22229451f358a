// A loop that polls is_ready ends, with one worker as well.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    // CHECK: {{^}}/* word_is_ready_poll.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn twice(1);
    while (!is_ready(x))
        continue;
    return sync(x) != 2;
}
