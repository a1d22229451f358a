// A vector type.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

typedef int four __attribute__((vector_size(16)));

static four give(four v)
{
    return v;
}

int main(void)
{
    // CHECK: {{^}}/* result_vector.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(four) x = spawn give((four){1, 2, 3, 4});
    four r = sync(x);
    return !(r[3] == 4);
}
