// A variadic function that spawns.
// RUN: %every %s %t | %FileCheck %s
#include <stdarg.h>
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

static int sum(int n, ...)
{
    va_list list;
    va_start(list, n);
    // CHECK: {{^}}/* function_variadic.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn twice(n);
    int r = 0;
    while (n-- > 0)
        r += va_arg(list, int);
    va_end(list);
    return r + sync(x);
}

int main(void)
{
    return sum(2, 3, 4) != 7 + 4;
}
