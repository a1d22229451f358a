/* --check writes no depfile either. */
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: %tine --check %s -MD -MF d -MT t -- -I%include
// RUN: %tine --check %s -MD -- -I%include
// RUN: %tine --check %s -o out.c -MMD -MP -- -I%include
// RUN: ls | count 0
#include <tine.h>
int f(int n);
int g(void)
{
    flowvar(int) x = spawn f(3);
    return sync(x);
}
