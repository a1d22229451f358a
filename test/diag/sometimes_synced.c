// A handle that some paths leave without sync; where conditions may belong together, nothing is said.
// RUN: %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
int f(int n);
int g(void);
_Noreturn void give_up(void);

int leaves(int c)
{
    flowvar(int) x = spawn f(1);
    // CHECK: sometimes_synced.c:[[@LINE-1]]:22: warning: 'x' is spawned here and synced on some paths only [-Wtine-sometimes-synced]
    // CHECK: sometimes_synced.c:[[@LINE+2]]:9: note: 'x' leaves its scope here
    if (c)
        return -1;
    return sync(x);
}

int only_if(int c)
{
    flowvar(int) x = spawn f(1);
    // CHECK: sometimes_synced.c:[[@LINE-1]]:22: warning: 'x' is spawned here and synced on some paths only
    // CHECK: note: 'x' leaves its scope here
    int r = 0;
    if (c)
        r = sync(x);
    return r;
}

int skips(int c)
{
    int r = 0;
    for (int i = 0; i < c; i++) {
        flowvar(int) x = spawn f(i);
        // CHECK: sometimes_synced.c:[[@LINE-1]]:26: warning: 'x' is spawned here and synced on some paths only
        // CHECK: sometimes_synced.c:[[@LINE+2]]:13: note: 'x' leaves its scope here
        if (r > 9)
            continue;
        r += sync(x);
    }
    return r;
}

int correlated(int parallel)
{
    flowvar(int) x;
    int r = 0;
    if (parallel)
        x = spawn f(1);
    else
        r = f(1);
    r += g();
    if (parallel)
        r += sync(x);
    return r;
}

int once(int c)
{
    flowvar(int) x = spawn f(1);
    int r = 0, done = 0;
    if (c) {
        r = sync(x);
        done = 1;
    }
    if (!done)
        r = sync(x);
    return r;
}

int asks(int c)
{
    flowvar(int) x = spawn f(1);
    int r = 0;
    if (c)
        r = sync(x);
    if (is_spawned(x))
        r += sync(x);
    return r;
}

int pipeline(int n)
{
    flowvar(int) next = spawn f(0);
    int r = 0;
    for (int i = 0; i < n; i++) {
        r += sync(next);
        if (i + 1 < n)
            next = spawn f(i + 1);
    }
    return r;
}

int ends(int c)
{
    flowvar(int) x = spawn f(1);
    if (c)
        give_up();
    return sync(x);
}
// CHECK: 3 warnings generated
