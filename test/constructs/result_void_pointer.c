// A void pointer.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static void *give(void *v)
{
    return v;
}

int main(void)
{
    // CHECK: {{^}}/* result_void_pointer.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(void *) x = spawn give(&x);
    void *r = sync(x);
    return !(r == (void *)&x);
}
