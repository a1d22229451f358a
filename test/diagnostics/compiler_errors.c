/* The compiler's own errors look as they do there, at the user's lines. */
// RUN: %not %tine --check %s -- -I%include 2>&1 | %FileCheck %s --implicit-check-not=error: --implicit-check-not=TINE__
#include <tine.h>
int f(int);
int g(void)
{
    // CHECK: compiler_errors.c:[[@LINE+3]]:{{[0-9]+}}: error: use of undeclared identifier 'nowhere'
    // CHECK-NEXT: flowvar(int) x = spawn f(nowhere);
    // CHECK-NEXT: ^
    flowvar(int) x = spawn f(nowhere);
    // CHECK: compiler_errors.c:[[@LINE+1]]:{{[0-9]+}}: error: expected ';'
    return sync(x)
}
// CHECK: 2 errors generated.
