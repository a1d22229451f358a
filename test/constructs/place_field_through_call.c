// An lvalue that a call gives.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

static struct {
    flowvar(int) x;
} object;

static __typeof__(&object) get(void)
{
    return &object;
}

int main(void)
{
    // CHECK: {{^}}/* place_field_through_call.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    get()->x = spawn twice(1);
    return sync(get()->x) != 2;
}
