// A pointer to const.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static const char *give(const char *v)
{
    return v;
}

int main(void)
{
    // CHECK: {{^}}/* result_pointer.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(const char *) x = spawn give("text");
    const char *r = sync(x);
    return !(r[1] == 'e');
}
