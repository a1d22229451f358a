// A local struct of handles is moved by return.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

struct two {
    flowvar(int) a, b;
};

static struct two start(void)
{
    struct two t;
    // CHECK: {{^}}/* handle_returned_struct.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    t.a = spawn twice(1);
    t.b = spawn twice(2);
    return t;
}

int main(void)
{
    struct two t = start();
    return sync(t.a) + sync(t.b) != 6;
}
