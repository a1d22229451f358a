// More handles at once than fit a word of bits.
// RUN: %every %s %t | %FileCheck %s
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

int main(void)
{
    flowvar(int) v[70];
    int r = 0;
    for (int i = 0; i < 70; i++)
    // CHECK: {{^}}/* function_many_locals.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
        v[i] = spawn twice(1);
    for (int i = 0; i < 70; i++)
        r += sync(v[i]);
    return r != 140;
}
