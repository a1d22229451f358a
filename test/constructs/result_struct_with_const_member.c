// A struct that cannot be assigned to.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

struct fixed {
    const int n;
};

static struct fixed give(struct fixed v)
{
    return v;
}

int main(void)
{
    // CHECK: {{^}}/* result_struct_with_const_member.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(struct fixed) x = spawn give((struct fixed){3});
    struct fixed r = sync(x);
    return !(r.n == 3);
}
