// A call without arguments, with white space and comments.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int five(void)
{
    return 5;
}

int main(void)
{
    // CHECK: {{^}}/* callee_no_arguments.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn five /* a */ ( /* b */ ) /* c */;
    return sync(x) != 5;
}
