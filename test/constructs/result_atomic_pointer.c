// A pointer to an _Atomic object.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static _Atomic int *same(_Atomic int *p)
{
    return p;
}

int main(void)
{
    _Atomic int n = 4;
    // CHECK: {{^}}/* result_atomic_pointer.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(_Atomic int *) x = spawn same(&n);
    return *sync(x) != 4;
}
