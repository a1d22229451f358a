// sync_scope_on waits for tasks of its executor alone: a plain spawn in it may outlive the block's locals. What a
// plain scope waits for does not, with a handle or without.
// RUN: %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <stddef.h>
#include <tine.h>
void g(int *p);
int f(int *p);

void own(tine_executor *ex)
{
    sync_scope_on(ex) {
        int n = 1;
        spawn g(&n);
        // CHECK: escape_scope_on.c:[[@LINE-1]]:9: warning: task may use local 'n' when it is gone [-Wtine-escape]
        // CHECK: escape_scope_on.c:[[@LINE+1]]:5: note: it leaves its scope here; nothing waits for the task before
    }
}

void outer(tine_executor *ex)
{
    int n = 1;
    sync_scope_on(ex) {
        spawn g(&n);
        // CHECK: escape_scope_on.c:[[@LINE-1]]:9: warning: task may use local 'n' when it is gone
    }
    // CHECK: escape_scope_on.c:[[@LINE+1]]:1: note: it leaves its scope here; nothing waits for the task before
}

void nested(tine_executor *ex)
{
    sync_scope {
        sync_scope_on(ex) {
            int n = 1;
            spawn g(&n);
            // CHECK: escape_scope_on.c:[[@LINE-1]]:13: warning: task may use local 'n' when it is gone
            // CHECK: escape_scope_on.c:[[@LINE+1]]:9: note: it leaves its scope here; nothing waits for the task before
        }
    }
}

int handle(tine_executor *ex)
{
    flowvar(int) x;
    sync_scope_on(ex) {
        int n = 1;
        x = spawn f(&n);
        // CHECK: escape_scope_on.c:[[@LINE-1]]:13: warning: task may use local 'n' when it is gone
        // CHECK: escape_scope_on.c:[[@LINE+1]]:5: note: it leaves its scope here, before the handle is synced
    }
    return sync(x);
}

int fine(tine_executor *ex)
{
    int outer = 0;
    flowvar(int) x;
    sync_scope_on(ex) {
        int n = 1;
        spawn_on(ex, g(&n));
        spawn_on(ex, g(&outer));
    }
    sync_scope {
        sync_scope_on(ex) {
            spawn g(&outer);
        }
    }
    sync_scope_on(ex) {
        sync_scope {
            int n = 1;
            spawn g(&n);
        }
    }
    sync_scope_on(NULL) {
        int n = 1;
        spawn g(&n);
    }
    sync_scope_on((tine_executor *)0) {
        spawn g(&outer);
    }
    sync_scope {
        int n = 1;
        x = spawn f(&n);
    }
    return sync(x) + outer;
}

int main(void)
{
    int n = 0;
    sync_scope_on(NULL) {
        spawn g(&n);
    }
    return n;
}
// CHECK: 4 warnings generated
