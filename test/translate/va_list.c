// va_list as an argument: by value, by address, in a struct, to a function pointer, and unprototyped.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
// RUN: %translate %s %t.arm.c -- --target=aarch64-linux-gnu
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <tine.h>

typedef int printer(char *text, size_t size, const char *format, va_list list);
struct carrier {
    va_list list;
};

static int take_two(int first, va_list *list)
{
    return first + va_arg(*list, int) + va_arg(*list, int);
}

static int take_one(struct carrier *c)
{
    return va_arg(c->list, int);
}

static int by_value(char *text, size_t size, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    flowvar(int) x = spawn vsnprintf(text, size, format, list);
    int r = sync(x);
    va_end(list);
    return r;
}

static int through_pointer(printer *print, char *text, size_t size, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    flowvar(int) x = spawn print(text, size, format, list);
    int r = sync(x);
    va_end(list);
    return r;
}

static int by_address(int first, ...)
{
    va_list list;
    struct carrier c;
    va_start(list, first);
    va_copy(c.list, list);
    flowvar(int) x = spawn take_two(first, &list), y = spawn take_one(&c);
    int r = sync(x) - sync(y);
    va_end(c.list);
    va_end(list);
    return r;
}

static flowvar(int) kept(char *text, size_t size, const char *format, va_list list)
{
    return spawn vsnprintf(text, size, format, list);
}

static int of_caller(char *text, size_t size, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    flowvar(int) x = kept(text, size, format, list);
    int r = sync(x);
    va_end(list);
    return r;
}

int main(void)
{
    char text[32];
    assert(by_value(text, sizeof text, "%d %s", 42, "ok") == 5 && strcmp(text, "42 ok") == 0);
    assert(through_pointer(vsnprintf, text, sizeof text, "%d", 7) == 1 && strcmp(text, "7") == 0);
    assert(of_caller(text, sizeof text, "%s", "kept") == 4 && strcmp(text, "kept") == 0);
    assert(by_address(1, 2, 3) == 4);
    return 0;
}
