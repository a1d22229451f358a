// A mutex that is locked here is held across sync.
// RUN: %tine --check %s 2>&1 | %FileCheck %s --implicit-check-not='{{(error|warning|note)}}:'
#include <tine.h>
#include <pthread.h>
#include <threads.h>
struct queue {
    pthread_mutex_t lock, other;
};
int f(int n);
void queue_unlock(struct queue *q);

int bad(struct queue *q, mtx_t *m)
{
    flowvar(int) x = spawn f(1), y = spawn f(2);
    pthread_mutex_lock(&q->lock);
    int r = sync(x);
    // CHECK: lock_held.c:[[@LINE-1]]:13: warning: mutex '&q->lock' is held while this waits [-Wtine-lock-held]
    // CHECK: lock_held.c:[[@LINE-3]]:5: note: locked here
    pthread_mutex_unlock(&q->lock);
    mtx_lock(m);
    r += sync(y);
    // CHECK: lock_held.c:[[@LINE-1]]:10: warning: mutex 'm' is held while this waits
    // CHECK: lock_held.c:[[@LINE-3]]:5: note: locked here
    mtx_unlock(m);
    return r;
}

int bad_inner(struct queue *q)
{
    flowvar(int) x = spawn f(1);
    pthread_mutex_lock(&q->lock);
    pthread_mutex_lock(&q->other);
    pthread_mutex_unlock(&q->other);
    int r = sync(x);
    // CHECK: lock_held.c:[[@LINE-1]]:13: warning: mutex '&q->lock' is held while this waits
    // CHECK: note: locked here
    pthread_mutex_unlock(&q->lock);
    return r;
}

int good(struct queue *q, struct queue *p, int c)
{
    flowvar(int) x = spawn f(1), y = spawn f(2), z = spawn f(3), w = spawn f(4);
    pthread_mutex_lock(&q->lock);
    pthread_mutex_unlock(&q->lock);
    int r = sync(x);
    if (c)
        pthread_mutex_lock(&q->lock);
    if (c)
        pthread_mutex_unlock(&q->lock);
    r += sync(y);
    pthread_mutex_lock(&q->lock);
    queue_unlock(q);
    r += sync(z);
    pthread_mutex_lock(&q->lock);
    p = q;
    pthread_mutex_unlock(&p->lock);
    return r + sync(w);
}
// CHECK: 3 warnings generated
