// Warnings obey -W flags, errors do not.
// RUN: %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
int f(int n);

void lost(void)
{
    flowvar(int) x = spawn f(1);
    // CHECK: warning: 'x' is spawned here and never synced [-Wtine-never-synced]
    // CHECK: note: 'x' leaves its scope here
    spawn f(2);
    // CHECK: warning: the result of this call, of type 'int', is dropped [-Wtine-unused-result]
}
// CHECK: 2 warnings generated
// RUN: %tine --check -Wno-tine %s 2>&1 | count 0
// RUN: not %tine --check -Werror=tine-never-synced %s 2>&1 | %FileCheck %s --check-prefix=CHECK-ERROR
// CHECK-ERROR: error: 'x' is spawned here and never synced
// CHECK-ERROR: warning: the result
// RUN: %tine --check -Wno-tine-unused-result %s 2>&1 | %FileCheck %s --check-prefix=CHECK-ONE --implicit-check-not='the result'
// CHECK-ONE: 1 warning generated
