// Two functions that spawn each other.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int even(int n);

static int odd(int n)
{
    if (n == 0)
        return 0;
    // CHECK: {{^}}/* function_mutual.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn even(n - 1);
    return sync(x);
}

static int even(int n)
{
    if (n == 0)
        return 1;
    flowvar(int) x = spawn odd(n - 1);
    return sync(x);
}

int main(void)
{
    return even(9) != 0 || even(10) != 1;
}
