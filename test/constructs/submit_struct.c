// A struct comes back from a job.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

struct large {
    int d[40];
};

static struct large give(int n)
{
    return (struct large){{[20] = n}};
}

int main(void)
{
    // CHECK: {{^}}/* submit_struct.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    tine_pending(struct large) p = tine_submit give(3);
    return tine_wait_for(p).d[20] != 3;
}
