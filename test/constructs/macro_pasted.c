// Words that are pasted together.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

#define GLUE(a, b) a##b

int main(void)
{
    // CHECK: {{^}}/* macro_pasted.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = GLUE(spa, wn) twice(1);
    return GLUE(sy, nc)(x) != 2;
}
