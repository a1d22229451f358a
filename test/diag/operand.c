// A handle is no operand and no condition, wherever it comes from.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning)}}:'
#include <stddef.h>
#include <tine.h>
int f(int n);
void v(int n);
flowvar(int) start(int n);
void take(flowvar(int) x);

void bad(int c, flowvar(int) *q, tine_executor *ex)
{
    flowvar(int) x, y;
    x = spawn f(1) + 2;
    // CHECK: operand.c:[[@LINE-1]]:9: error: a flowvar cannot be an operand: sync gives its result [-Wtine-operand]
    y = spawn f(1) ? 1 : 2;
    // CHECK: operand.c:[[@LINE-1]]:9: error: a flowvar cannot be a condition: sync gives its result [-Wtine-operand]
    c = 2 == spawn f(1);
    // CHECK: operand.c:[[@LINE-1]]:14: error: a flowvar cannot be an operand
    c = !spawn f(1);
    // CHECK: operand.c:[[@LINE-1]]:10: error: a flowvar cannot be an operand
    if (spawn_on(ex, f(1)))
        c++;
    // CHECK: operand.c:[[@LINE-2]]:9: error: a flowvar cannot be a condition
    while (start(1))
        c++;
    // CHECK: operand.c:[[@LINE-2]]:12: error: a flowvar cannot be a condition
    do
        c++;
    while (c > 0 && spawn f(1));
    // CHECK: operand.c:[[@LINE-1]]:21: error: a flowvar cannot be a condition
    for (; (x = start(1));)
        c++;
    // CHECK: operand.c:[[@LINE-2]]:12: error: a flowvar cannot be a condition
    c = tine_submit f(1) || c;
    // CHECK: operand.c:[[@LINE-1]]:9: error: a tine_pending cannot be a condition: tine_wait_for gives its result
    c = *start(1) != start(2)[0];
    // CHECK: operand.c:[[@LINE-1]]:10: error: a flowvar cannot be an operand
    // CHECK: operand.c:[[@LINE-2]]:22: error: a flowvar cannot be an operand
    c && spawn v(1);
    // CHECK: operand.c:[[@LINE-1]]:10: error: a flowvar cannot be a condition
    x++, --y, x += 1, q[c]--;
    // CHECK: operand.c:[[@LINE-1]]:5: error: a flowvar cannot be an operand
    // CHECK: operand.c:[[@LINE-2]]:12: error: a flowvar cannot be an operand
    // CHECK: operand.c:[[@LINE-3]]:15: error: a flowvar cannot be an operand
    // CHECK: operand.c:[[@LINE-4]]:23: error: a flowvar cannot be an operand
    c = (c ? flowvar_move(x) : 0) == (c++, spawn f(2));
    // CHECK: operand.c:[[@LINE-1]]:9: error: a flowvar cannot be an operand
    // CHECK: operand.c:[[@LINE-2]]:38: error: a flowvar cannot be an operand
}

flowvar(int) good(int c, flowvar(int) *q)
{
    flowvar(int) x = c ? spawn f(1) : spawn f(2), y = (c++, spawn f(1)), *h = q + 1;
    c += sync(x) + sync(y);
    x = ({
        c++;
        spawn f(3);
    });
    c += sync(x);
    x = _Generic(c, int: spawn f(1), default: spawn f(2));
    c += sync(x);
    (void)spawn f(1);
    (void)start(2);
    c ? spawn v(1) : spawn v(2);
    take(c ? spawn f(1) : start(1));
    y = c ? spawn f(1) : NULL;
    h++;
    if (h && h != q && (is_spawned(y) || !is_spawned(*h)))
        c += sync(start(1)) + (int)(sizeof(x + 1) + sizeof(spawn f(1)));
    if (is_spawned(y) && sync(y))
        return __extension__ spawn f(1);
    return c ? start(1) : spawn f(1);
}
// CHECK: 18 errors generated
