// spawn and sync inside the user's macros, and inside their arguments.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

#define GO(f, x) spawn f(x)
#define START(var, call) flowvar(int) var = spawn call
#define GET(v) sync(v)
#define ID(x) x
#define PASTE(a, b) a##b
#define FUNCTION id
#define CALL(n) id(n)
#define LATER spawn

static int id(int i)
{
    return i;
}

int main(void)
{
    flowvar(int) a = GO(id, 1);
    START(b, id(2));
    flowvar(int) c = ID(spawn id(3));
    flowvar(int) d = PASTE(sp, awn) id(4);
    flowvar(int) e = spawn FUNCTION(5);
    flowvar(int) f = spawn CALL(6);
    flowvar(int) g = LATER id(7);
    int sum = GET(a) + GET(b) + ID(sync(c)) + sync(d) + GET(ID(e)) + sync(f) + sync(g);
    assert(sum == 28);
    return 0;
}
