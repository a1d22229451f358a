// A struct that fits no stack task.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

struct large {
    double d[100];
};

static struct large give(struct large v)
{
    return v;
}

int main(void)
{
    // CHECK: {{^}}/* result_large_struct.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(struct large) x = spawn give((struct large){{[99] = 5}});
    struct large r = sync(x);
    return !(r.d[99] == 5);
}
