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

int search(int n)
{
    flowvar(int) x = spawn f(1);
    // CHECK: sometimes_synced.c:[[@LINE-1]]:22: warning: 'x' is spawned here and synced on some paths only
    // CHECK: sometimes_synced.c:[[@LINE+8]]:5: note: 'x' leaves its scope here
    int r = 0;
    while (g()) {
        if (g() == n) {
            r = sync(x);
            break;
        }
    }
    return r;
}

int search_by_return(int n)
{
    flowvar(int) x = spawn f(1);
    // CHECK: sometimes_synced.c:[[@LINE-1]]:22: warning: 'x' is spawned here and synced on some paths only
    // CHECK: note: 'x' leaves its scope here
    for (int i = 0; i < n; i++)
        if (f(i))
            return sync(x);
    return 0;
}

int search_by_goto(int n)
{
    flowvar(int) x = spawn f(1);
    // CHECK: sometimes_synced.c:[[@LINE-1]]:22: warning: 'x' is spawned here and synced on some paths only
    // CHECK: note: 'x' leaves its scope here
    int r = 0;
    for (int i = 0; i < n; i++)
        switch (f(i)) {
        case 1:
            r = sync(x);
            goto out;
        default:
            break;
        }
out:
    return r;
}

int found(int n)
{
    flowvar(int) x = spawn f(1);
    int r = 0, found = 0;
    while (g())
        if (g() == n) {
            r = sync(x);
            found = 1;
            break;
        }
    return found ? r : sync(x);
}

int in_the_end(int n)
{
    flowvar(int) x = spawn f(1);
    for (;;)
        if (g() == n)
            return sync(x);
}

int surely_found(int n)
{
    flowvar(int) x = spawn f(1);
    while (g())
        if (g() == n)
            return sync(x);
    give_up();
}

int flagged(int n)
{
    flowvar(int) x = spawn f(1);
    int r = 0, done = 0;
    while (!done)
        if (g() == n) {
            r = sync(x);
            done = 1;
        }
    return r;
}

int goes_on(int n)
{
    flowvar(int) x = spawn f(1);
    int r = 0, done = 0;
    while (!done)
        for (int i = 0; i < n; i++)
            if (g() == i) {
                r = sync(x);
                done = 1;
                break;
            }
    return r;
}

int turns_back(int n)
{
    flowvar(int) x = spawn f(1);
    int r = 0;
    for (int i = 0; i < n; i++)
        if (i == n - 1) {
            r = sync(x);
            if (r)
                continue;
            return r;
        }
    return r;
}

int chooses(int k)
{
    flowvar(int) x = spawn f(1);
    int r = 0;
    switch (k) {
    case 0:
        r = sync(x);
        break;
    case 1:
        r = sync(x) + 1;
        break;
    }
    return r;
}
// CHECK: 6 warnings generated
