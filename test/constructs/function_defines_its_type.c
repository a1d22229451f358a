// A head that defines the struct it returns.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

static struct answer {
    int n;
} f(int n)
{
    // CHECK: {{^}}/* function_defines_its_type.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn twice(n);
    return (struct answer){sync(x)};
}

int main(void)
{
    return f(1).n != 2;
}
