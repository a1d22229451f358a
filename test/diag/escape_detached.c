// A detached task with the address of a local: nobody waits before the local is gone.
// RUN: %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
void g(int *p);
void h(const char *p, int n);

void bad(void)
{
    int n = 1;
    spawn g(&n);
    // CHECK: escape_detached.c:[[@LINE-1]]:5: warning: task may use local 'n' when it is gone [-Wtine-escape]
    // CHECK: escape_detached.c:[[@LINE+1]]:1: note: it leaves its scope here; nothing waits for the task before
}

void bad_array(int k)
{
    char vla[k];
    vla[0] = 0;
    spawn h(vla, k);
    // CHECK: escape_detached.c:[[@LINE-1]]:5: warning: task may use local 'vla' when it is gone
    // CHECK: note: it leaves its scope here
}

void bad_parameter(int k)
{
    int *p = &k;
    spawn g(p);
    // CHECK: escape_detached.c:[[@LINE-1]]:5: warning: task may use local 'k' when it is gone
    // CHECK: note: it leaves its scope here
}

void bad_inner(int k)
{
    sync_scope {
        for (int i = 0; i < k; i++) {
            int copy = i;
            spawn g(&copy);
            // CHECK: escape_detached.c:[[@LINE-1]]:13: warning: task may use local 'copy' when it is gone
            // CHECK: escape_detached.c:[[@LINE+1]]:9: note: it leaves its scope here
        }
    }
}

void good(int k, int *given)
{
    static int lasting;
    int outer = 0, *heap = given + k;
    spawn g(&lasting);
    spawn g(given);
    spawn g(heap);
    sync_scope {
        int own = 0;
        char text[8] = "";
        spawn g(&outer);
        spawn g(&own);
        spawn h(text, 8);
        if (k)
            return;
    }
    sync_scope {
        spawn g(&outer);
    }
}

int main(void)
{
    int n = 0;
    spawn g(&n);
    tine_sync_all();
    return n;
}
// CHECK: 4 warnings generated
