// Universal character names in the names of functions and handles.
// RUN: %translate %s %t.c -- -O2
// RUN: %cc %cflags -O2 %t.c -o %t %link && %run %t
#include <tine.h>

struct pair {
    flowvar(int) l\u00e4ft, \U0001F600;
};

static int größe(int n)
{
    return n + 1;
}

static int gr\u00f6\u00DFe_two(int \u00e4)
{
    if (\u00e4 < 2)
        return \u00e4;
    flowvar(int) x\u00e9 = spawn gr\u00f6\u00DFe_two(\u00e4 - 1);
    int y = gr\u00f6ße_two(\u00e4 - 2);
    return sync(x\u00e9) + y;
}

int main(void)
{
    struct pair p;
    p.l\u00e4ft = spawn gr\u00f6\u00dfe(1);
    p.\U0001F600 = spawn (größe)(2);
    flowvar(int) zé = spawn gr\u00f6\u00DFe_two(10);
    int r = sync(p.läft) + sync(p.\U0001f600);
    return r != 5 || sync(z\u00e9) != 55;
}
