// A spawned function uses thread-local variables, itself or through what it calls.
// RUN: %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
#include <errno.h>
static __thread int counter;
_Thread_local int other;
static int deepest(int n)
{
    return n > 0 ? n : other;
}
static int middle(int n) { return n < 9 ? middle(n + 1) : deepest(n); }
static int outer(int n) { return middle(n) + 1; }
static int direct(int n)
{
    static __thread int calls;
    return n + ++calls;
}
static int clean(int n) { errno = 0; return n + errno; }

int spawns(int n)
{
    flowvar(int) x = spawn direct(n);
    // CHECK: thread_local.c:[[@LINE-1]]:22: warning: spawned 'direct' uses thread-local variable 'calls': tasks run on any thread [-Wtine-thread-local]
    // CHECK: thread_local.c:[[@LINE-8]]:18: note: used here
    flowvar(int) y = spawn outer(n);
    // CHECK: thread_local.c:[[@LINE-1]]:22: warning: spawned 'outer' uses thread-local variable 'other'
    // CHECK: thread_local.c:[[@LINE-15]]:34: note: 'outer' calls 'middle' here
    // CHECK: thread_local.c:[[@LINE-17]]:59: note: 'middle' calls 'deepest' here
    // CHECK: thread_local.c:[[@LINE-20]]:24: note: used here
    flowvar(int) z = spawn clean(n);
    counter++;
    return sync(x) + sync(y) + sync(z);
}
// CHECK: 2 warnings generated
