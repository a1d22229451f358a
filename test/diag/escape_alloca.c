// Memory of alloca goes with its function.
// RUN: %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
#include <alloca.h>
#include <stdlib.h>
void g(char *p);

void bad(int n)
{
    spawn g(alloca(n));
    // CHECK: escape_alloca.c:[[@LINE-1]]:5: warning: task may use memory of alloca when 'bad' has returned [-Wtine-escape]
    // CHECK: note:
}

void bad_pointer(int n)
{
    char *p = alloca(n);
    spawn g(p);
    // CHECK: escape_alloca.c:[[@LINE-1]]:5: warning: task may use memory of alloca when 'bad_pointer' has returned
    // CHECK: note:
}

void bad_assigned(int n)
{
    char *p;
    p = alloca(n);
    spawn g(p + 4);
    // CHECK: escape_alloca.c:[[@LINE-1]]:5: warning: task may use memory of alloca when 'bad_assigned' has returned
    // CHECK: note:
}

void good(int n)
{
    char *p = n > 100 ? malloc(n) : alloca(n); // not known which
    char *q = malloc(n), *r = alloca(n);
    spawn g(p);
    spawn g(q);
    sync_scope {
        spawn g(r);
    }
    flowvar(void) x = spawn g(r);
    sync(x);
}
// CHECK: 3 warnings generated
