// An argument whose type has no name but as that of a variable of the file.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static struct {
    int a;
    double b;
} pair = {3, 4.0};

static int sum(__typeof__(pair) p, const __typeof__(pair) *q)
{
    return p.a + (int)q->b;
}

int main(void)
{
    // CHECK: {{^}}/* argument_unnamed.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
    flowvar(int) x = spawn sum(pair, &pair);
    return sync(x) != 7;
}
