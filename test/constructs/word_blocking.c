// tine_blocking_begin and _end in a task.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int wait_a_little(void)
{
    tine_blocking_begin();
    tine_blocking_end();
    return 3;
}

int main(void)
{
    // CHECK: {{^}}/* word_blocking.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn wait_a_little();
    return sync(x) != 3;
}
