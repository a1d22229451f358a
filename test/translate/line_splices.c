// Words across line splices and comments between their parts; lines stay.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

static int id(int i)
{
    return i;
}

int main(void)
{
    flowvar(int) a = sp\
awn id(1);
    flowvar(int) b = spawn /* here */ id // and
        (
            2
        );
    int x = sync /* a */ ( /* b */ a /* c */ );
    assert(x + sync(b) == 3);
    assert(__LINE__ == 27);
    return 0;
}
