// Conditional branches around and inside functions; a function whose first token is in one.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

#define FAST 1

#ifdef FAST
static
#endif
int id(int i)
{
#if FAST
    return i;
#else
    return spawn nothing at all;
#endif
}

#if 0
flowvar(int) x = spawn id(1);
#endif

#ifdef FAST
int pick(int n);
int pick(int n)
#else
int pick(void)
#endif
{
    flowvar(int) x =
#if FAST
        spawn id(n
#else
        spawn id(0
#endif
        );
    return sync(x
#if FAST
    ) + 1;
#else
    );
#endif
}

#define SEMICOLON ;
int main(void) { assert(pick(3) == 4) SEMICOLON return 0; } int after;
