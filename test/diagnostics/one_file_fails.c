/* When the output or its depfile cannot be written, the other one is not touched either. */
// RUN: rm -rf %t && mkdir %t && cd %t && echo old > kept
// RUN: %not %tine %s -o no/out.c -MD -MF kept -- -I%include 2> log
// RUN: grep -qx old kept && grep -q "cannot write 'no/out.c'" log
// RUN: %not %tine %s -o kept -MD -MF no/d -- -I%include 2> log
// RUN: grep -qx old kept && grep -q "cannot write 'no/d'" log
// RUN: %not %tine %s -o new -MD -MF no/d -- -I%include 2> log && %not test -e new
// RUN: ls | %FileCheck %s
// CHECK: kept
// CHECK-NEXT: log
// CHECK-NOT: {{.}}
#include <tine.h>
int f(int n);
int g(void)
{
    flowvar(int) x = spawn f(3);
    return sync(x);
}
