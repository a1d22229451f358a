// __auto_type cannot see the type of a spawn: an error where the spawn stands.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
int f(int n);
flowvar(int) start(int n);
int g(void)
{
    __auto_type x = spawn f(1);
    // CHECK: auto_type.c:[[@LINE-1]]:21: error: spawn gives 'flowvar(int)', but 'void *' is wanted here [-Wtine-type-mismatch]
    (void)x;
    __auto_type y = start(1);
    return sync(y);
}
