// Anonymous structs and unions inside a struct.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

struct nest {
    int x;
    struct {
        union {
            int y;
            float z;
        };
    };
};

static struct nest give(struct nest v)
{
    return v;
}

int main(void)
{
    // CHECK: {{^}}/* result_nested_anonymous_members.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(struct nest) x = spawn give((struct nest){1, {{2}}});
    struct nest r = sync(x);
    return !(r.y == 2);
}
