// String literals live long enough.
// RUN: %every %s %t | %FileCheck %s
#include <string.h>
#include <tine.h>

int main(void)
{
    // CHECK: {{^}}/* argument_string_literal.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(size_t) x = spawn strlen("four");
    return sync(x) != 4;
}
