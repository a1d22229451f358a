// &&, ||, ?:, the comma and statement expressions, in their order of evaluation.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
int f(int n);
int more(void);

int bad(void)
{
    flowvar(int) x = spawn f(1);
    int r = more() ? sync(x) : -sync(x);
    return r + sync(x);
    // CHECK: flow_expressions.c:[[@LINE-1]]:16: error: 'x' is synced twice [-Wtine-double-sync]
    // CHECK-DAG: note: synced here
    // CHECK-DAG: note: synced here
}

int bad_condition(void)
{
    flowvar(int) x = spawn f(1);
    if (more() && sync(x) > 0)
        return sync(x);
    // CHECK: flow_expressions.c:[[@LINE-1]]:16: error: 'x' is synced twice
    // CHECK: note: first synced here
    return 0;
}

int bad_comma(void)
{
    flowvar(int) x = spawn f(1);
    return (sync(x), sync(x));
    // CHECK: flow_expressions.c:[[@LINE-1]]:22: error: 'x' is synced twice
    // CHECK: note: first synced here
}

int bad_statement(void)
{
    flowvar(int) x = spawn f(1);
    int r = ({ int s = sync(x); s + 1; });
    return r + ({ sync(x); });
    // CHECK: flow_expressions.c:[[@LINE-1]]:19: error: 'x' is synced twice
    // CHECK: note: first synced here
}

int good(void)
{
    flowvar(int) x = spawn f(1), z;
    int r = (more() && sync(x)) || more();
    if (!(more() || sync(x)))
        r = 0;
    r += more() ? sync(x) : 0;
    while (r > 0 && (z = spawn f(r), sync(z)) > 0)
        r--;
    return ({ int s = 0; if (r) s = sync(x); s; });
}

int good_unevaluated(void)
{
    flowvar(int) x = spawn f(1);
    int size = sizeof(sync(x));
    __typeof__(sync(x)) r = _Generic(sync(x), int: 1, default: 2);
    return size + r + sync(x);
}
// CHECK: 4 errors generated
