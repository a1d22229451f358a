// A negative signed char keeps its sign.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static signed char give(signed char v)
{
    return v;
}

int main(void)
{
    // CHECK: {{^}}/* result_signed_char.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(signed char) x = spawn give(-3);
    signed char r = sync(x);
    return !(r == -3);
}
