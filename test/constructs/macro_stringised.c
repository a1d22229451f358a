// A word in a string that a macro makes stays text.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

#define TEXT(x) #x

int main(void)
{
    // CHECK: {{^}}/* macro_stringised.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn twice(1);
    return sync(x) != 2 || TEXT(spawn f(x))[0] != 's';
}
