// Parentheses around the operand of sync.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    // CHECK: {{^}}/* word_sync_of_parenthesised.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn twice(1), *p = &x;
    int r = sync((*p));
    x = spawn twice(2);
    return r + sync((x)) != 6;
}
