// An error in one function leaves the checks of the others whole; in its own function nothing is said to
// have never been spawned, since the spawn may be what was refused.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
int f(int n);

int broken(void)
{
    flowvar(int) x = spawn f;
    // CHECK: other_function.c:[[@LINE-1]]:28: error: operand of spawn must be a function call
    return sync(x);
}

int never(void)
{
    flowvar(int) x;
    return sync(x);
    // CHECK: other_function.c:[[@LINE-1]]:12: error: 'x' is synced but never spawned [-Wtine-never-spawned]
    // CHECK: note: not spawned since its declaration
}

void executors(int *executor)
{
    sync_scope_on(executor) {
        // CHECK: other_function.c:[[@LINE-1]]:19: error: 'int *' is not a 'tine_executor *' [-Wtine-not-an-executor]
    }
}
