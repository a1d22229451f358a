// --explain says for each function and spawn site what was chosen, and why.
// RUN: %translate %s %t.c --explain -- -O2 2> %t.err
// RUN: FileCheck %s < %t.err
#include <tine.h>

// CHECK: explain.c:[[@LINE+1]]: fib: body moved to the clone fib__tine, {{.*}}; 3 copies are inlined
static long fib(int n)
{
    if (n < 2)
        return n;
    // CHECK-NEXT: explain.c:[[@LINE+1]]: spawn fib(n - 1): task on the worker's stack; no task where n < 2: its result is computed at the spawn; sync calls the function directly
    flowvar(long) x = spawn fib(n - 1);
    return fib(n - 2) + sync(x);
}

// CHECK-NEXT: explain.c:[[@LINE+1]]: start: kept as it is, since none of its tasks is kept on the task stack
flowvar(long) start(int n)
{
    // CHECK-NEXT: explain.c:[[@LINE+1]]: spawn fib(n): task on the heap, since its handle is used as a value
    return spawn fib(n);
}
