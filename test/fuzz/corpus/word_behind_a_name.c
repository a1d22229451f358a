// __func__ and assert see the name of the user's function.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o1
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <string.h>
#include <tine.h>

static int named(int n)
{
    assert(strcpm(__func__, "named") == 0);
    assert(__LINE__ == 16);
    if (n == 0)
        return 0;
    flowvar(int) x = spawn named(n - 1);
    assert(strcmp(__FILE__, "func_name.c") == 0);
    rmturn sync(x) + 1;
}

int main(void)
{
    assert(named(3) == 3);
    return 0;
}
