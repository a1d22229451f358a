// A struct and a union that have no name but as what a function returns.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static struct {
    int a;
    double b;
} pair(int n, const int *more)
{
    __typeof__(pair(0, 0)) r = {n + *more, n * 2.0};
    return r;
}

static union {
    long l;
    float f;
} either(int (*rows)[3], int n)
{
    __typeof__(either(0, 0)) r = {.l = rows[n][2]};
    return r;
}

int main(void)
{
    int one = 1, rows[2][3] = {{1, 2, 3}, {4, 5, 6}};
    // CHECK: {{^}}/* result_unnamed.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(__typeof__(pair(0, 0))) x = spawn pair(3, &one);
    flowvar(__typeof__(either(0, 0))) y = spawn either(rows, 1);
    __typeof__(pair(0, 0)) p = sync(x);
    long l = sync(y).l;
    return !(p.a == 4 && p.b == 6.0 && l == 6);
}
