// 127 arguments are allowed, and no more.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
#define TEN(x) x, x, x, x, x, x, x, x, x, x
#define HUNDRED(x) TEN(x), TEN(x), TEN(x), TEN(x), TEN(x), TEN(x), TEN(x), TEN(x), TEN(x), TEN(x)
int many(int n, ...);
int g(void)
{
    flowvar(int) x = spawn many(HUNDRED(1), TEN(1), TEN(1), 1, 2, 3, 4, 5, 6, 7);
    flowvar(int) y = spawn many(HUNDRED(1), TEN(1), TEN(1), 1, 2, 3, 4, 5, 6, 7, 8);
    // CHECK: too_many_arguments.c:[[@LINE-1]]:28: error: a spawned call can have at most 127 arguments, this one has 128 [-Wtine-too-many-arguments]
    return sync(x) + sync(y);
}
