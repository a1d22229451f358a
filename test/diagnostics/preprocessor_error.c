/* An error that the preprocessor finds while macros are expanded. */
// RUN: %not %tine --check %s --cc=%cc -- -I%include 2>&1 | %FileCheck %s
// CHECK: preprocessor_error.c:[[@LINE+4]]:{{[0-9]+}}: error: {{.*}}no-such-header.h{{.*}}
// CHECK: 1 error generated.
#include <tine.h>
#define GO spawn
#include "no-such-header.h"
int f(void);
int g(void)
{
    flowvar(int) x = GO f();
    return sync(x);
}
