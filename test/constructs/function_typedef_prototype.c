// The prototype is made by a typedef.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

typedef int function(int);
static function f;

static int f(int n)
{
    // CHECK: {{^}}/* function_typedef_prototype.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn twice(n);
    return sync(x);
}

int main(void)
{
    return f(1) != 2;
}
