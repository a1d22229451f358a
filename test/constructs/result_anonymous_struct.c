// A struct without a tag, by its typedef.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

typedef struct {
    int a, b;
} pair;

static pair give(pair v)
{
    return v;
}

int main(void)
{
    // CHECK: {{^}}/* result_anonymous_struct.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(pair) x = spawn give((pair){3, 4});
    pair r = sync(x);
    return !(r.b == 4);
}
