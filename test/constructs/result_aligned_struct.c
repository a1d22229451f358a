// A struct aligned to a cache line.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

struct wide {
    _Alignas(64) int n;
};

static struct wide give(struct wide v)
{
    return v;
}

int main(void)
{
    // CHECK: {{^}}/* result_aligned_struct.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(struct wide) x = spawn give((struct wide){9});
    struct wide r = sync(x);
    return !(r.n == 9 && (unsigned long)&r % 64 == 0);
}
