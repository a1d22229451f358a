// A struct by value.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

struct pair {
    int a, b;
};

static struct pair give(struct pair v)
{
    return v;
}

int main(void)
{
    // CHECK: {{^}}/* result_struct.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(struct pair) x = spawn give((struct pair){3, 4});
    struct pair r = sync(x);
    return !(r.a == 3 && r.b == 4);
}
