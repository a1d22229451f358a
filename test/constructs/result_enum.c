// An enumeration.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

enum colour { RED, GREEN = 7 };

static enum colour give(enum colour v)
{
    return v;
}

int main(void)
{
    // CHECK: {{^}}/* result_enum.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(enum colour) x = spawn give(GREEN);
    enum colour r = sync(x);
    return !(r == GREEN);
}
