// Tasks of a sync_scope use its block's own locals until it is left, in whatever way.
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
#include <stdlib.h>
#include <string.h>

static atomic_int total;

static void add(const int *p, int n)
{
    int sum = 0;
    for (int round = 0; round < 200; round++)
        for (int i = 0; i < n; i++)
            sum += p[i];
    total += sum;
}

static void clobber(void)
{
    volatile char bytes[4096];
    memset((char *)bytes, 0xff, sizeof bytes);
}

static int leave(int how)
{
    int result = 0;
    for (int round = 0; round < 2; round++) {
        sync_scope {
            int v[64];
            for (int i = 0; i < 64; i++)
                v[i] = 1;
            for (int i = 0; i < 4; i++)
                spawn add(v + 16 * i, 16);
            sync_scope {
                int w[8] = {1, 1, 1, 1, 1, 1, 1, 1};
                spawn add(w, 8);
                if (how == 0)
                    goto out;
                if (how == 1)
                    break;
                if (how == 2)
                    continue;
                if (how == 3)
                    return how;
                switch (how) {
                case 4:
                    break;
                default:
                    result++;
                }
            }
            clobber();
        }
        clobber();
    }
out:
    clobber();
    return result;
}

static void *pointer(int how)
{
    sync_scope {
        int v[4] = {1, 1, 1, 1};
        spawn add(v, 4);
        if (how)
            return 0;
    }
    return &total;
}

static void nothing(int how)
{
    sync_scope {
        int v[4] = {1, 1, 1, 1};
        spawn add(v, 4);
        if (how)
            return;
    }
}

int main(void)
{
    static const int rounds[] = {1, 1, 2, 1, 2, 2};
    for (int how = 0; how < 6; how++) {
        total = 0;
        assert(leave(how) == (how == 3 ? 3 : how == 5 ? 2 : 0));
        assert(total == rounds[how] * 72 * 200);
    }
    total = 0;
    assert(pointer(1) == 0 && pointer(0) == &total);
    nothing(0);
    nothing(1);
    assert(total == 16 * 200);
    return 0;
}
