// A function that returns a function pointer, without a typedef.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

static int (*choose(void))(int)
{
    return twice;
}

int main(void)
{
    // CHECK: {{^}}/* result_plain_function_pointer.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int (*)(int)) x = spawn choose();
    return sync(x)(3) != 6;
}
