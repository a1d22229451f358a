// A file without Tine words comes out unchanged with -MD too, though only gcc may understand it; the depfile is whole.
// RUN: rm -rf %t && mkdir %t && cd %t && echo 'int from_header;' > header.h && %strip %s > in.c
// RUN: %tine in.c -o out.c -MMD && cmp in.c out.c
// RUN: %FileCheck %s < out.d
// CHECK: out.c: in.c {{(./)?}}header.h{{$}}
// RUN: %tine in.c -o out.c -MD && grep -q 'in.c.*header.h .*stddef.h' out.d
#include "header.h"
#include <stddef.h>
int main(void)
{
    int twice(int a) { return 2 * a; }
    return twice(0);
}
