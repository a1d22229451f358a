// A spawn as the first statement, a declaration behind it.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    sync_all();
    flowvar(int) x;
    // CHECK: {{^}}/* place_first_statement.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    x = spawn twice(1);
    int r = sync(x);
    return r != 2;
}
