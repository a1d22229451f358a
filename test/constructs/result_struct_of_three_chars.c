// A struct whose size is odd.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

struct odd {
    char c[3];
};

static struct odd give(struct odd v)
{
    return v;
}

int main(void)
{
    // CHECK: {{^}}/* result_struct_of_three_chars.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(struct odd) x = spawn give(((struct odd){"ab"}));
    struct odd r = sync(x);
    return !(r.c[1] == 'b');
}
