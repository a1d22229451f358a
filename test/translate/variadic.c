// Variadic functions, also with a format and nothing else, and promoted arguments.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static double sum(int count, ...)
{
    va_list list;
    double total = 0;
    va_start(list, count);
    for (int i = 0; i < count; i++)
        total += va_arg(list, double);
    va_end(list);
    return total;
}

static char text[32];

int main(void)
{
    float f = 1.5f;
    char c = 'x';
    flowvar(double) a = spawn sum(3, 1.0, 2.0, f);
    flowvar(int) b = spawn snprintf(text, sizeof text, "%c-%d-%s", c, 7, "s");
    flowvar(int) d = spawn printf("plain\n");
    assert(sync(a) == 4.5);
    assert(sync(b) == 5 && strcmp(text, "x-7-s") == 0);
    assert(sync(d) == 6);
    return 0;
}
