// A loop that fills a new array by counting does not look for older tasks; any other one does, and waits for them.
// RUN: %translate %s %t.c --explain -- -O2 2> %t.err
// RUN: FileCheck %s < %t.err
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
#include <assert.h>
#include <tine.h>

enum { COUNT = 300 }; /* more than one call has stack tasks for */

static int runs;

static int run(int i)
{
    __atomic_fetch_add(&runs, 1, __ATOMIC_RELAXED);
    return i;
}

static long up(int n)
{
    flowvar(int) v[n];
    long sum = 0;
    for (int i = 0; i < n; i++)
        // CHECK-NOT: array_filled.c:[[@LINE+1]]: {{.*}}older
        v[i] = spawn run(i);
    for (int i = 0; i < n; i++)
        sum += sync(v[i]);
    return sum;
}

static long some_down(void)
{
    flowvar(int) v[COUNT];
    long sum = 0;
    for (long i = COUNT - 1; i >= 0; i -= 2)
        if (i % 3 == 0)
            // CHECK-NOT: array_filled.c:[[@LINE+1]]: {{.*}}older
            v[i] = spawn run((int)i);
    for (long i = COUNT - 1; i >= 0; i--)
        if (is_spawned(v[i]))
            sum += sync(v[i]);
    return sum;
}

static void rounds(int n)
{
    flowvar(int) v[2];
    for (int k = 0; k < n; k++)
        for (int i = 0; i < 2; i++)
            // CHECK: array_filled.c:[[@LINE+1]]: {{.*}}older
            v[i] = spawn run(i);
}

static void back(int n)
{
    flowvar(int) v[2];
    for (int i = 0, k = 0; i < 2 && k < n; i++, k++) {
        // CHECK: array_filled.c:[[@LINE+1]]: {{.*}}older
        v[i] = spawn run(i);
        if (i == 1)
            i = -1;
    }
}

static void after(void)
{
    flowvar(int) v[2];
    v[1] = spawn run(1);
    for (int i = 0; i < 2; i++)
        // CHECK: array_filled.c:[[@LINE+1]]: {{.*}}older
        v[i] = spawn run(i);
}

static void wraps(int n)
{
    flowvar(int) v[256];
    int k = 0;
    for (unsigned char i = 0; k < n; i++, k++)
        // CHECK: array_filled.c:[[@LINE+1]]: {{.*}}older
        v[i] = spawn run(i);
}

static void sometimes(int n)
{
    flowvar(int) v[2];
    int k = 0;
    for (int i = 0; k < n; k % 2 != 0 ? i++ : 0, k++)
        // CHECK: array_filled.c:[[@LINE+1]]: {{.*}}older
        v[i % 2 == 0 ? 0 : 1] = spawn run(i);
    k = 0;
    flowvar(int) w[2];
    for (int i = 0; k < n / 2; k % 2 != 0 ? i++ : 0, k++)
        // CHECK: array_filled.c:[[@LINE+1]]: {{.*}}older
        w[i] = spawn run(i);
}

int main(void)
{
    assert(up(COUNT) == (long)COUNT * (COUNT - 1) / 2 && runs == COUNT);
    runs = 0;
    assert(some_down() == 7500 && runs == 50);
    runs = 0;
    rounds(5);
    assert(runs == 10);
    runs = 0;
    back(7);
    assert(runs == 7);
    runs = 0;
    after();
    assert(runs == 3);
    runs = 0;
    wraps(300);
    assert(runs == 300);
    runs = 0;
    sometimes(4);
    assert(runs == 6);
    return 0;
}
