// A handle that is spawned and forgotten.
// RUN: %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
#include <string.h>
int f(int n);
void g(int n);
void all(flowvar(int) *v, int n);
struct box {
    flowvar(int) x;
};
flowvar(int) global;

void forgets(int n)
{
    flowvar(int) x = spawn f(1);
    // CHECK: never_synced.c:[[@LINE-1]]:22: warning: 'x' is spawned here and never synced [-Wtine-never-synced]
    // CHECK: never_synced.c:[[@LINE+13]]:1: note: 'x' leaves its scope here
    flowvar(void) v;
    v = spawn g(2);
    // CHECK: never_synced.c:[[@LINE-1]]:9: warning: 'v' is spawned here and never synced
    // CHECK: note: 'v' leaves its scope here
    flowvar(int) many[8];
    for (int i = 0; i < n; i++)
        many[i] = spawn f(i);
    // CHECK: never_synced.c:[[@LINE-1]]:19: warning: 'many' is spawned here and never synced
    // CHECK: note: 'many' leaves its scope here
    tine_pending(int) p = tine_submit f(3);
    // CHECK: never_synced.c:[[@LINE-1]]:27: warning: 'p' is spawned here and never waited for
    // CHECK: note: 'p' leaves its scope here
}

int overwrites(void)
{
    flowvar(int) x = spawn f(1);
    // CHECK: never_synced.c:[[@LINE-1]]:22: warning: 'x' is spawned here and never synced
    // CHECK: never_synced.c:[[@LINE+1]]:9: note: 'x' is assigned again here
    x = spawn f(2);
    return sync(x);
}

flowvar(int) keeps(int n, struct box *box, flowvar(int) *out)
{
    flowvar(int) x = spawn f(1), y = spawn f(2), z = spawn f(3), v[4], w[4], copied = spawn f(6);
    for (int i = 0; i < 4; i++)
        v[i] = spawn f(i), w[i] = spawn f(i);
    for (int i = 0; i < n; i++)
        sync(v[i]);
    all(w, 4);
    box->x = flowvar_move(x);
    *out = spawn f(4);
    global = spawn f(5);
    flowvar(int) *address = &y;
    memcpy(out + 1, &copied, sizeof copied);
    sync(*address);
    return z;
}
// CHECK: 5 warnings generated
