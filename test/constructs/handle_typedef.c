// A typedef of a handle and of an array of them.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

typedef flowvar(int) handle;
typedef handle row[2];

int main(void)
{
    row v;
    // CHECK: {{^}}/* handle_typedef.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    v[0] = spawn twice(1);
    handle h = spawn twice(2);
    v[1] = flowvar_move(h);
    return sync(v[0]) + sync(v[1]) != 6;
}
