// A _Bool is 0 or 1.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static _Bool give(_Bool v)
{
    return v;
}

int main(void)
{
    // CHECK: {{^}}/* result_bool.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(_Bool) x = spawn give(17);
    _Bool r = sync(x);
    return !(r == 1);
}
