// A pointer to a struct that is not defined here.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static struct hidden *give(struct hidden *v)
{
    return v;
}

int main(void)
{
    // CHECK: {{^}}/* result_incomplete_struct_pointer.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(struct hidden *) x = spawn give((struct hidden *)0);
    struct hidden *r = sync(x);
    return !(r == 0);
}
