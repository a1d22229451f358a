// A recursive void function.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static void grow(int depth, int *p)
{
    if (depth == 0) {
        __atomic_fetch_add(p, 1, __ATOMIC_RELAXED);
        return;
    }
    // CHECK: {{^}}/* function_void_recursive.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(void) x = spawn grow(depth - 1, p);
    grow(depth - 1, p);
    sync(x);
}

int main(void)
{
    int n = 0;
    grow(5, &n);
    return n != 32;
}
