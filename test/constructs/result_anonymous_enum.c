// An enumeration without a tag, by its typedef.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

typedef enum { RED, GREEN = 7 } colour;

static colour give(colour v)
{
    return v;
}

int main(void)
{
    // CHECK: {{^}}/* result_anonymous_enum.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(colour) x = spawn give(GREEN);
    colour r = sync(x);
    return !(r == GREEN);
}
