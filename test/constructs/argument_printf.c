// A library function with a format.
// RUN: %every %s %t | %FileCheck %s
#include <stdio.h>
#include <tine.h>

int main(void)
{
    char text[20];
    // CHECK: {{^}}/* argument_printf.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn snprintf(text, sizeof text, "%d %s %.1f", 7, "x", 0.5);
    return sync(x) != 7;
}
