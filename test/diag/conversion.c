// A handle is made by spawn, a move, a call that gives one, or 0, and becomes nothing else but by way of void *.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning)}}:'
#include <stdlib.h>
#include <tine.h>
int f(int n);
flowvar(int) start(int n);
void take(flowvar(int) x);
void any(void *p);
struct one {
    flowvar(int) a;
};

flowvar(int) bad(int c, void *p)
{
    flowvar(int) x = malloc(3), y;
    // CHECK: conversion.c:[[@LINE-1]]:22: error: 'void *' cannot become 'flowvar(int)': only spawn, a move, a call that returns one and 0 give it [-Wtine-type-mismatch]
    tine_pending(int) w = p;
    // CHECK: conversion.c:[[@LINE-1]]:27: error: 'void *' cannot become 'tine_pending(int)': only tine_submit, a move
    struct one s = {p};
    // CHECK: conversion.c:[[@LINE-1]]:21: error: 'void *' cannot become 'flowvar(int)'
    y = p;
    // CHECK: conversion.c:[[@LINE-1]]:9: error: 'void *' cannot become 'flowvar(int)'
    take(p);
    // CHECK: conversion.c:[[@LINE-1]]:10: error: 'void *' cannot become 'flowvar(int)'
    y = c ? spawn f(1) : p;
    // CHECK: conversion.c:[[@LINE-1]]:9: error: 'void *' cannot become 'flowvar(int)'
    y = (flowvar(int))(long)c;
    // CHECK: conversion.c:[[@LINE-1]]:23: error: 'long' cannot become 'flowvar(int)'
    c = *(int *)spawn f(1);
    // CHECK: conversion.c:[[@LINE-1]]:17: error: a flowvar cannot be converted to 'int *' [-Wtine-type-mismatch]
    c = (int)(long)(void *)start(1);
    // CHECK: conversion.c:[[@LINE-1]]:20: error: a flowvar cannot be converted to 'long'
    sync(x), sync(y), sync(s.a), tine_wait_for(w);
    return p;
    // CHECK: conversion.c:[[@LINE-1]]:12: error: 'void *' cannot become 'flowvar(int)'
}

int good(int c, void *p)
{
    flowvar(int) x = 0, y = {0}, z = NULL, a[2] = {0};
    struct one s = {0}, t = {NULL};
    x = (flowvar(int))p;
    any((void *)flowvar_move(x));
    x = (void *)spawn f(1);
    y = (flowvar(int))spawn f(1);
    z = c ? flowvar_move(x) : 0;
    x = NULL;
    take(0);
    return sync(y) + sync(z) + is_spawned(a[0]) + is_spawned(s.a) + is_spawned(t.a);
}
// CHECK: 10 errors generated
