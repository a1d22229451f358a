// A char as argument and result.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static char give(char v)
{
    return v;
}

int main(void)
{
    // CHECK: {{^}}/* result_char.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(char) x = spawn give('x');
    char r = sync(x);
    return !(r == 'x');
}
