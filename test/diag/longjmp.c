// A spawned function may leave its task by longjmp.
// RUN: %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
#include <setjmp.h>
jmp_buf out;
static void fails(int n)
{
    if (n > 3)
        longjmp(out, n);
}
static int deep(int n)
{
    fails(n);
    return n;
}
static int catches(int n)
{
    if (setjmp(out) != 0)
        return -1;
    fails(n);
    return n;
}

int spawns(int n)
{
    flowvar(void) x = spawn fails(n);
    // CHECK: longjmp.c:[[@LINE-1]]:23: warning: spawned 'fails' may leave its task by longjmp [-Wtine-longjmp]
    // CHECK: longjmp.c:[[@LINE-19]]:9: note: 'fails' calls 'longjmp' here
    flowvar(int) y = spawn deep(n);
    // CHECK: longjmp.c:[[@LINE-1]]:22: warning: spawned 'deep' may leave its task by longjmp
    // CHECK: longjmp.c:[[@LINE-18]]:5: note: 'deep' calls 'fails' here
    // CHECK: note: 'fails' calls 'longjmp' here
    flowvar(int) z = spawn catches(n);
    sync(x);
    return sync(y) + sync(z);
}
// CHECK: 2 warnings generated
