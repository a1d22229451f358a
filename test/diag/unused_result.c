// A result that nobody takes; void results and (void) are meant.
// RUN: %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
int f(int n);
void g(int n);

void drops(int n)
{
    spawn f(1);
    // CHECK: unused_result.c:[[@LINE-1]]:5: warning: the result of this call, of type 'int', is dropped [-Wtine-unused-result]
    if (n)
        spawn f(2);
    // CHECK: unused_result.c:[[@LINE-1]]:9: warning: the result of this call, of type 'int', is dropped
    tine_submit f(3);
    // CHECK: unused_result.c:[[@LINE-1]]:5: warning: the result of this call, of type 'int', is dropped
    (n++, spawn f(4));
    // CHECK: unused_result.c:[[@LINE-1]]:11: warning: the result of this call, of type 'int', is dropped
    spawn g(1);
    (void)spawn f(5);
    flowvar(int) x = spawn f(6);
    sync(x);
}
// CHECK: 4 warnings generated
