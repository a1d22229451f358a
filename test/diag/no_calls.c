// What looks like a call and is none, by the name that the user wrote; and calls in disguise, which are fine.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <stdarg.h>
#include <stddef.h>
#include <tine.h>
struct pair {
    int a, b;
};
int f(int n);

void refused(va_list list, int *p)
{
    flowvar(size_t) a = spawn offsetof(struct pair, b);
    // CHECK: no_calls.c:[[@LINE-1]]:31: error: this is not a function that can run as a task [-Wtine-not-a-real-call]
    flowvar(int) b = spawn va_arg(list, int);
    // CHECK: no_calls.c:[[@LINE-1]]:28: error: this is not a function that can run as a task [-Wtine-not-a-real-call]
    flowvar(int) c = spawn __atomic_fetch_add(p, 1, __ATOMIC_RELAXED);
    // CHECK: no_calls.c:[[@LINE-1]]:28: error: this is not a function that can run as a task [-Wtine-not-a-real-call]
    flowvar(int) d = spawn __builtin_choose_expr(1, f(1), 2);
    // CHECK: no_calls.c:[[@LINE-1]]:28: error: this is not a function that can run as a task [-Wtine-not-a-real-call]
    flowvar(int) e = spawn f;
    // CHECK: no_calls.c:[[@LINE-1]]:28: error: operand of spawn must be a function call, such as spawn f(x) [-Wtine-not-a-call]
    sync(a), sync(b), sync(c), sync(d), sync(e);
}

int fine(void)
{
    flowvar(int) a = spawn __extension__ f(1), b = spawn(__extension__(f)(2)), c = spawn((f))(3);
    return sync(a) + sync(b) + sync(c);
}

int borrowed(int n)
{
    flowvar(int) x = spawn f(n);
    rmturn sync(x) + 1;
    // CHECK: no_calls.c:[[@LINE-1]]:12: error: this word cannot stand right behind a name [-Wtine-misplaced]
}
