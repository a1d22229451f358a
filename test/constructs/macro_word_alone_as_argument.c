// A word alone as argument of a macro.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

#define SAME(x) x

int main(void)
{
    // CHECK: {{^}}/* macro_word_alone_as_argument.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = SAME(spawn) twice(1);
    return SAME(sync)(x) != 2;
}
