// An enumeration that has no name but as what a function returns.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static enum { RED = -1, GREEN = 7 } pick(int n)
{
    return n ? GREEN : RED;
}

int main(void)
{
    // CHECK: {{^}}/* result_unnamed_enum.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(__typeof__(pick(0))) x = spawn pick(1);
    flowvar(__typeof__(pick(0))) y = spawn pick(0);
    int sum = sync(x);
    return sum + sync(y) != 6;
}
