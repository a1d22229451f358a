// Words stand in functions alone.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
int f(void);
flowvar(int) x = spawn f();
// CHECK: misplaced.c:[[@LINE-1]]:18: error: 'spawn' can only be used inside a function [-Wtine-misplaced]
enum { A = (long)spawn f() };
// CHECK: misplaced.c:[[@LINE-1]]:18: error: 'spawn' can only be used inside a function [-Wtine-misplaced]
