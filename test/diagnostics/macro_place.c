/* A diagnostic about an expansion points to the invocation, and one about a header into the header. */
// RUN: %not %tine --check %s -- -I%include 2>&1 | %FileCheck %s --strict-whitespace --implicit-check-not=error:
#include <tine.h>
#include "Inputs/header.h"
#define TAKE(x) sync(x)
#define AGAIN(x) (TAKE(x) + 1)
int f(void);
int g(void)
{
    // CHECK: Inputs/header.h:4:{{[0-9]+}}: error: {{.*}} [-Wtine-double-sync]
    // CHECK-NEXT:{{^}}    return sync(x) + sync(x);
    // CHECK: macro_place.c:[[@LINE+5]]:17: error: {{.*}} [-Wtine-double-sync]
    // CHECK-NEXT:{{^}}    return r +{{ +}}AGAIN(x);
    // CHECK-NEXT:{{^}}                ^~~~~~~~
    flowvar(int) x = spawn f();
    int r = sync(x);
    return r +  AGAIN(x);
}
