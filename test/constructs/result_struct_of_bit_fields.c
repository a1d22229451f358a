// Bit-fields inside a struct.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

struct bits {
    unsigned a : 3;
    int b : 5;
};

static struct bits give(struct bits v)
{
    return v;
}

int main(void)
{
    // CHECK: {{^}}/* result_struct_of_bit_fields.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(struct bits) x = spawn give((struct bits){5, -3});
    struct bits r = sync(x);
    return !(r.a == 5 && r.b == -3);
}
