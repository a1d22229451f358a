// A pointer to a pointer with qualifiers at each step.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static const int *const *give(const int *const *v)
{
    return v;
}

int main(void)
{
    // CHECK: {{^}}/* result_pointer_to_pointer.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(const int *const *) x = spawn give((const int *const *)0);
    const int *const *r = sync(x);
    return !(r == 0);
}
