// A handle that leaves the function, or lives longer than the local its task was given.
// RUN: %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
int f(int *p);
int consume(flowvar(int) x);
struct job {
    flowvar(int) handle;
};
flowvar(int) global;

flowvar(int) bad_return(void)
{
    int n = 1;
    return spawn f(&n);
    // CHECK: escape_handle.c:[[@LINE-1]]:12: warning: task may use local 'n' when it is gone [-Wtine-escape]
    // CHECK: escape_handle.c:[[@LINE-2]]:5: note: its handle is returned here
}

flowvar(int) bad_local(void)
{
    int n = 1;
    flowvar(int) x = spawn f(&n);
    // CHECK: escape_handle.c:[[@LINE-1]]:22: warning: task may use local 'n' when it is gone
    // CHECK: escape_handle.c:[[@LINE+1]]:5: note: its handle is returned here
    return x;
}

flowvar(int) bad_moved(void)
{
    int n = 1;
    flowvar(int) x = spawn f(&n);
    // CHECK: escape_handle.c:[[@LINE-1]]:22: warning: task may use local 'n' when it is gone
    // CHECK: note: its handle is returned here
    return flowvar_move(x);
}

void bad_kept(struct job *j, int n)
{
    j->handle = spawn f(&n);
    // CHECK: escape_handle.c:[[@LINE-1]]:17: warning: task may use local 'n' when it is gone
    // CHECK: note: its handle is kept outside the function
    n = 0;
    // CHECK: escape_handle.c:[[@LINE-1]]:5: warning: 'n' is written while a task may read it [-Wtine-race]
    // CHECK: note: the task got its address here
}

void bad_global(void)
{
    int n = 1;
    global = spawn f(&n);
    // CHECK: escape_handle.c:[[@LINE-1]]:14: warning: task may use local 'n' when it is gone
    // CHECK: note: its handle is kept outside the function
}

int bad_block(void)
{
    flowvar(int) x;
    {
        int n = 1;
        x = spawn f(&n);
        // CHECK: escape_handle.c:[[@LINE-1]]:13: warning: task may use local 'n' when it is gone
        // CHECK: escape_handle.c:[[@LINE+1]]:5: note: it leaves its scope here, before the handle is synced
    }
    return sync(x);
}

int bad_elements(void)
{
    flowvar(int) v[4];
    int sum = 0;
    for (int i = 0; i < 4; i++) {
        int copy = i;
        v[i] = spawn f(&copy);
        // CHECK: escape_handle.c:[[@LINE-1]]:16: warning: task may use local 'copy' when it is gone
        // CHECK: note: it leaves its scope here, before the handle is synced
    }
    for (int i = 0; i < 4; i++)
        sum += sync(v[i]);
    return sum;
}

int good(struct job *j, flowvar(int) *heap)
{
    int n = 1, args[4] = {0}, sum = 0;
    flowvar(int) x = spawn f(&n), v[4];
    for (int i = 0; i < 4; i++) {
        flowvar(int) y = spawn f(&args[i]);
        v[i] = spawn f(&args[i]);
        sum += sync(y);
    }
    for (int i = 0; i < 4; i++)
        sum += sync(v[i]);
    sum += consume(spawn f(&n)) + consume(flowvar_move(x));
    j->handle = spawn f(&n);
    heap[3] = spawn f(&n);
    return sum + sync(j->handle) + sync(heap[3]);
}
// CHECK: 8 warnings generated
