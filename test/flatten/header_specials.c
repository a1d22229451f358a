/* What means something else in a header than in the main file: a #pragma once that is not compiled, __has_include, __INCLUDE_LEVEL__, a header that includes itself. */
// RUN: rm -rf %t && mkdir %t && cd %t && cp -r %S/Inputs/special . && echo > only_main.h && %strip %s > m.c
// RUN: %cc %cflags -Wno-include-next-absolute-path -DTINE_SERIAL m.c -o serial && ./serial
// RUN: %tine m.c -o out.c --cc=%cc -- -I%include
// RUN: %cc %cflags out.c -o m %link && %run ./m
#include <tine.h>
static int work(int n) { return n; }
#define NAME first
#include "special/where.h"
#define NAME second
#include "special/where.h"
#include "special/self.h"
int main(void)
{
    return first(0) + second(0) + inner_1(0) + inner_2(0) + __INCLUDE_LEVEL__;
}
