// Names in UTF-8.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int doppelt_ü(int n)
{
    return 2 * n;
}

int main(void)
{
    // CHECK: {{^}}/* function_utf8_names.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) größe = spawn doppelt_ü(1);
    return sync(größe) != 2;
}
