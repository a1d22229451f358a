// A sync_scope is left by break, continue, goto and return, which mean what they meant.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

#include <stdatomic.h>

static atomic_int runs;

static void run(void)
{
    runs++;
}

static int leave(int how)
{
    int rounds = 0;
    for (int i = 0; i < 3; i++) {
        sync_scope {
            rounds++;
            spawn run();
            if (how == 0)
                break;
            if (how == 1)
                continue;
            if (how == 2)
                return rounds;
            if (how == 3)
                goto out;
        }
    }
out:
    return rounds;
}

static void nested(void)
{
    sync_scope {
        spawn run();
        sync_scope
        {
            spawn run();
        }
        assert(runs >= 1);
    }
    assert(runs == 2);
}

int main(void)
{
    for (int how = 0; how < 5; how++) {
        runs = 0;
        int rounds = leave(how);
        assert(rounds == (how == 1 || how == 4 ? 3 : 1));
        assert(runs == rounds);
    }
    runs = 0;
    nested();
    return 0;
}
