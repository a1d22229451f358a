// A header that is taken in where #if leaves it out, or in one branch of it: the lines behind are the user's.
// RUN: %translate %s %t.c -- -O2
// RUN: %cc %cflags -iquote %S -O2 %t.c -o %t %link && %run %t
// RUN: %translate %s %t.first.c -- -DFIRST
// RUN: %cc %cflags -DFIRST -iquote %S -O2 %t.first.c -o %t %link && %run %t
// RUN: %translate %s %t.never.c -- -DNEVER
// RUN: %cc %cflags -DNEVER -iquote %S -O2 %t.never.c -o %t %link && %run %t
#include <tine.h>
#ifdef NEVER
#include "Inputs/spare.h"
#elif defined FIRST
_Static_assert(__LINE__ == 12, "second branch");
#if FIRST == 2
#include "Inputs/spare.h"
#else /* continued \
         here */
_Static_assert(__LINE__ == 17, "inner branch");
#endif
_Static_assert(__LINE__ == 19, "behind the inner one");
#else
_Static_assert(__LINE__ == 21, "third branch");
#endif
_Static_assert(__LINE__ == 23, "behind all");
#if 0
#if 1
#include "Inputs/spare.h"
#endif
#endif
#include "Inputs/conditional.h"
_Static_assert(__LINE__ == 30, "behind the header");

static int last(int n)
{
    return n;
}

int main(void)
{
    flowvar(int) x = spawn last(__LINE__ - 39);
    return sync(x);
}
