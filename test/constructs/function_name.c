// __func__ is the user's name.
// RUN: %every %s %t | %FileCheck %s
#include <string.h>
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

static const char *f(int n)
{
    // CHECK: {{^}}/* function_name.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn twice(n);
    return sync(x) ? __func__ : 0;
}

int main(void)
{
    return strcmp(f(1), "f") != 0;
}
