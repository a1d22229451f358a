// A member of an element of an array of structs.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    struct {
        struct {
            int (*f[2])(int);
        } in;
    } s[2] = {[1].in.f[1] = twice};
    // CHECK: {{^}}/* callee_vector_of_structs.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn s[1].in.f[1](4);
    return sync(x) != 8;
}
