// Variable arguments are promoted as in the plain call.
// RUN: %every %s %t | %FileCheck %s
#include <stdarg.h>
#include <tine.h>

static double sum(int n, ...)
{
    va_list list;
    va_start(list, n);
    double r = va_arg(list, int) + va_arg(list, double);
    va_end(list);
    return r;
}

int main(void)
{
    char c = 3;
    float f = 0.5f;
    // CHECK: {{^}}/* argument_default_promotions.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(double) x = spawn sum(3, c, f);
    return sync(x) != 3.5;
}
