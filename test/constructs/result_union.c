// A union by value.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

union either {
    int i;
    double d;
};

static union either give(union either v)
{
    return v;
}

int main(void)
{
    // CHECK: {{^}}/* result_union.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(union either) x = spawn give((union either){.d = 6.5});
    union either r = sync(x);
    return !(r.d == 6.5);
}
