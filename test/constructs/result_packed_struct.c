// A packed struct, whose members are not aligned.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

struct __attribute__((packed)) tight {
    char c;
    int i;
};

static struct tight give(struct tight v)
{
    return v;
}

int main(void)
{
    // CHECK: {{^}}/* result_packed_struct.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(struct tight) x = spawn give((struct tight){1, 1 << 30});
    struct tight r = sync(x);
    return !(r.i == 1 << 30);
}
