// A handle is as large as a pointer.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    flowvar(struct { int a[9]; }) *p = 0;
    // CHECK: {{^}}/* handle_size.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn twice(1);
    return sizeof *p != sizeof(void *) || sync(x) != 2;
}
