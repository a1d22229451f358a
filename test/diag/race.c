// A local is written while a task that has its address may read it.
// RUN: %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
#include <pthread.h>
#include <stdatomic.h>
struct state {
    int a, b[3];
};
int f(int *p);
int s(struct state *p);

int bad(void)
{
    int n = 1;
    flowvar(int) x = spawn f(&n);
    n = 2;
    // CHECK: race.c:[[@LINE-1]]:5: warning: 'n' is written while a task may read it [-Wtine-race]
    // CHECK: race.c:[[@LINE-3]]:30: note: the task got its address here
    n++;
    // CHECK: race.c:[[@LINE-1]]:5: warning: 'n' is written while a task may read it
    // CHECK: note: the task got its address here
    return n + sync(x);
}

int bad_field(void)
{
    struct state st = {0};
    struct state *p = &st;
    flowvar(int) x = spawn s(p), y = spawn f(&st.a);
    st.a += 2;
    // CHECK: race.c:[[@LINE-1]]:5: warning: 'st' is written while a task may read it
    // CHECK: note: the task got its address here
    return sync(x) + sync(y);
}

int bad_loop(void)
{
    flowvar(int) v[10];
    int sum = 0;
    for (int i = 0; i < 10; i++)
        // CHECK: race.c:[[@LINE-1]]:29: warning: 'i' is written while a task may read it
        // CHECK: race.c:[[@LINE+3]]:24: note: the task got its address here
        // CHECK: race.c:[[@LINE+2]]:16: warning: task may use local 'i' when it is gone [-Wtine-escape]
        // CHECK: note: it leaves its scope here, before the handle is synced
        v[i] = spawn f(&i);
    for (int i = 0; i < 10; i++)
        sum += sync(v[i]);
    return sum;
}

int bad_scope(void)
{
    int n = 1;
    sync_scope {
        spawn f(&n);
        // CHECK: warning: the result of this call, of type 'int', is dropped
        n = 3;
        // CHECK: race.c:[[@LINE-1]]:9: warning: 'n' is written while a task may read it
        // CHECK: note: the task got its address here
    }
    n = 4;
    return n;
}

int bad_array(void)
{
    int buffer[8] = {0};
    flowvar(int) x = spawn f(buffer);
    buffer[0] = 1;
    // CHECK: race.c:[[@LINE-1]]:5: warning: 'buffer' is written while a task may read it
    // CHECK: note: the task got its address here
    return sync(x);
}

int good(int c, pthread_mutex_t *lock)
{
    int n = 1, buffer[8] = {0};
    struct state st = {0};
    atomic_int flag = 0;
    flowvar(int) x = spawn f(&n), y = spawn f(buffer), z = spawn f(&st.a);
    for (int i = 4; i < 8; i++)
        buffer[i] = 0; // perhaps the other half
    st.b[1] = 1;
    flowvar(int) w = spawn f((int *)&flag);
    flag = 1;
    int r = sync(x);
    n = sync(y) + sync(z) + sync(w);
    x = spawn f(&n);
    pthread_mutex_lock(lock);
    n = 3;
    pthread_mutex_unlock(lock);
    n = sync(x);
    while (c-- > 0) {
        flowvar(int) t = spawn f(&n);
        r += sync(t);
        n = r;
    }
    return n;
}
// CHECK: 8 warnings generated
