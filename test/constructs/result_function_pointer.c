// A function pointer by a typedef.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

typedef int (*function)(int);

static function give(function v)
{
    return v;
}

int main(void)
{
    // CHECK: {{^}}/* result_function_pointer.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(function) x = spawn give(twice);
    function r = sync(x);
    return !(r(3) == 6);
}
