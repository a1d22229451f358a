// A call through an array of pointers.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    int (*table[2])(int) = {twice, twice};
    int i = 0;
    // CHECK: {{^}}/* callee_array_element.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn table[i++](4);
    return sync(x) != 8 || i != 1;
}
