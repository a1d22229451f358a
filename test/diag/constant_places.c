// A word where C needs a constant has that error, wherever such places are.
// RUN: not %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
int f(int n);
flowvar(int) give(void);

void labels(int n)
{
    switch (n) {
    case (long)spawn f(1):
        // CHECK: constant_places.c:[[@LINE-1]]:16: error: 'spawn' cannot be used in a constant expression [-Wtine-constant-expression]
        break;
    }
}

void enumerators(void)
{
    enum { FIRST, SECOND = (long)spawn f(1) };
    // CHECK: constant_places.c:[[@LINE-1]]:34: error: 'spawn' cannot be used in a constant expression [-Wtine-constant-expression]
}

void widths(void)
{
    struct {
        int b : (long)(spawn f(1));
        // CHECK: constant_places.c:[[@LINE-1]]:24: error: 'spawn' cannot be used in a constant expression [-Wtine-constant-expression]
    } s;
    (void)s;
}

void assertions(void)
{
    _Static_assert(sizeof(spawn f(1)) == 8, "");
    // CHECK: constant_places.c:[[@LINE-1]]:27: error: 'spawn' cannot be used in a constant expression [-Wtine-constant-expression]
}

void alignments(void)
{
    _Alignas(sizeof(spawn f(1))) int x = 0;
    // CHECK: constant_places.c:[[@LINE-1]]:21: error: 'spawn' cannot be used in a constant expression [-Wtine-constant-expression]
    (void)x;
}

void statics(void)
{
    static flowvar(int) v = spawn f(1);
    // CHECK: constant_places.c:[[@LINE-1]]:29: error: 'spawn' cannot be used in the initialiser of static variable 'v' [-Wtine-constant-expression]
    (void)v;
}
