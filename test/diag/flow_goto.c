// goto is followed exactly: forwards, backwards, out of scopes.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
int f(int n);
int more(void);

int bad(int c)
{
    flowvar(int) x = spawn f(1);
    int r = sync(x);
    if (c)
        goto end;
    r++;
end:
    return r + sync(x);
    // CHECK: flow_goto.c:[[@LINE-1]]:16: error: 'x' is synced twice [-Wtine-double-sync]
    // CHECK: note: first synced here
}

int good(int c)
{
    flowvar(int) x = spawn f(1);
    int r = 0;
again:
    r += sync(x);
    if (more())
        goto done;
    x = spawn f(r);
    if (c)
        goto again;
    r += sync(x);
done:
    return r;
}

int good_cleanup(int c)
{
    flowvar(int) x = spawn f(1), y = spawn f(2);
    int r = -1;
    if (c == 1)
        goto both;
    r = sync(y);
    goto one;
both:
    sync(y);
one:
    return r + sync(x);
}

int good_dead(void)
{
    flowvar(int) x = spawn f(1);
    return sync(x);
    return sync(x); // never reached
}

int good_backwards(int n)
{
    int r = 0;
retry:;
    flowvar(int) x = spawn f(n);
    r += sync(x);
    if (r < 10)
        goto retry;
    return r;
}

int good_past(int n)
{
    int r = 0;
    if (n)
        goto past;
    flowvar(int) x = spawn f(n);
    r = sync(x);
past:
    if (is_spawned(x))
        r = sync(x);
    return r;
}
// CHECK: 1 error generated
