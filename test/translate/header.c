// Functions in a header that two units include hold spawn; a flowvar crosses between units.
// RUN: %translate %s %t.1.c -- -O2
// RUN: %translate %S/Inputs/second.c %t.2.c -- -O2
// RUN: %cc %cflags -O2 -iquote %S -iquote %S/Inputs %t.1.c %t.2.c -o %t %link
// RUN: %run %t
// RUN: %translate %s %t.1.c
// RUN: %translate %S/Inputs/second.c %t.2.c
// RUN: %cc %cflags -iquote %S -iquote %S/Inputs %t.1.c %t.2.c -o %t %link
// RUN: %run %t
#include "Inputs/shared.h"
#include <assert.h>

int main(void)
{
    flowvar(long) x = begin_halve(8);
    assert(halve(8) == 15);
    assert(third(9) == third(6) + third(3));
    assert(sync(x) == 15);
    return 0;
}
