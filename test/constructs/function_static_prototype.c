// static stands at the prototype only.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

static int later(int n);

int later(int n)
{
    // CHECK: {{^}}/* function_static_prototype.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn twice(n);
    return sync(x);
}

int main(void)
{
    return later(1) != 2;
}
