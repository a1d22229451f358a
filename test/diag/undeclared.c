// A spawned function must be declared: its parameters' types are needed. Also through macros and with spawn_on.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
int f(int n);
void g(tine_executor *ex)
{
    spawn nowhere(1);
    // CHECK: undeclared.c:[[@LINE-1]]:11: error: call of undeclared function 'nowhere' in spawn [-Wtine-undeclared]
    spawn_on(ex, elsewhere());
    // CHECK: undeclared.c:[[@LINE-1]]:18: error: call of undeclared function 'elsewhere' in spawn [-Wtine-undeclared]
    flowvar(int) x = spawn f(1);
    sync(x);
}
