// A struct of the C library.
// RUN: %every %s %t | %FileCheck %s
#include <stdlib.h>
#include <tine.h>

int main(void)
{
    // CHECK: {{^}}/* result_library_struct.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(div_t) x = spawn div(17, 5);
    div_t r = sync(x);
    return r.quot != 3 || r.rem != 2;
}
