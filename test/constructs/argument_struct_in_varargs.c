// A struct among variable arguments.
// RUN: %every %s %t | %FileCheck %s
#include <stdarg.h>
#include <tine.h>

struct pair {
    int a, b;
};

static int sum(int n, ...)
{
    va_list list;
    va_start(list, n);
    struct pair p = va_arg(list, struct pair);
    va_end(list);
    return p.a + p.b;
}

int main(void)
{
    // CHECK: {{^}}/* argument_struct_in_varargs.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn sum(1, (struct pair){3, 4});
    return sync(x) != 7;
}
