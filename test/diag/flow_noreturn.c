// Nothing follows a function that does not return.
// RUN: %tine --check %s 2>&1 | count 0
#include <tine.h>
#include <setjmp.h>
#include <stdlib.h>
int f(int n);
_Noreturn void give_up(const char *why);
static jmp_buf out;

int ends(int c)
{
    flowvar(int) x = spawn f(1);
    int r = 0;
    if (c == 1) {
        r = sync(x);
        if (r > 3)
            give_up("r");
        else
            exit(1);
    }
    if (c == 2) {
        sync(x);
        abort();
    }
    return r + sync(x);
}

int jumps(int n)
{
    flowvar(int) x = spawn f(1);
    int r = sync(x);
    if (setjmp(out) == 0) {
        x = spawn f(n);
        longjmp(out, 1);
    }
    return r + sync(x); // spawned before the longjmp
}

#define FATAL __attribute__((__noreturn__, __cold__))
FATAL void fatal(int code);
void fails(void) __attribute__((noreturn));
int has(int n);

int by_name(int c)
{
    flowvar(int) x = spawn f(1);
    if (has(c))
        return sync(x);
    give_up("c");
}

int by_attribute(int c)
{
    flowvar(int) x = spawn f(1);
    while (has(c))
        if (has(c + 1))
            return sync(x);
    fatal(c);
}

int by_attribute_behind(int c)
{
    flowvar(int) x = spawn f(1);
    switch (c) {
    case 0:
        return sync(x);
    default:
        fails();
    }
}
