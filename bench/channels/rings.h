/*
 * Rings that the benchmark writes itself, as yardsticks: Vyukov's bounded queue with dense 16-byte
 * slots (from its published description), and a ring under a mutex and two condition variables.
 */
#ifndef BENCH_CHANNELS_RINGS_H
#define BENCH_CHANNELS_RINGS_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

typedef struct vyukov_slot {
    size_t turn;
    uint64_t item;
} vyukov_slot;

typedef struct vyukov {
    char apart0[128];
    size_t tail;
    char apart1[128];
    size_t head;
    char apart2[128];
    size_t mask;
    vyukov_slot *slots;
} vyukov;

static inline vyukov *vyukov_new(size_t capacity)
{
    vyukov *q = (vyukov *)calloc(1, sizeof *q);
    q->slots = (vyukov_slot *)aligned_alloc(64, capacity * sizeof *q->slots);
    q->mask = capacity - 1;
    for (size_t i = 0; i < capacity; i++) q->slots[i].turn = i;
    return q;
}

static inline void vyukov_free(vyukov *q)
{
    free(q->slots);
    free(q);
}

static inline bool vyukov_try_send(vyukov *q, uint64_t v)
{
    size_t t = __atomic_load_n(&q->tail, __ATOMIC_RELAXED);
    for (;;) {
        vyukov_slot *s = &q->slots[t & q->mask];
        ptrdiff_t d = (ptrdiff_t)(__atomic_load_n(&s->turn, __ATOMIC_ACQUIRE) - t);
        if (d < 0) return false;
        if (d > 0) {
            t = __atomic_load_n(&q->tail, __ATOMIC_RELAXED);
        } else if (__atomic_compare_exchange_n(&q->tail, &t, t + 1, true, __ATOMIC_RELAXED,
                                               __ATOMIC_RELAXED)) {
            s->item = v;
            __atomic_store_n(&s->turn, t + 1, __ATOMIC_RELEASE);
            return true;
        }
    }
}

static inline bool vyukov_try_recv(vyukov *q, uint64_t *v)
{
    size_t h = __atomic_load_n(&q->head, __ATOMIC_RELAXED);
    for (;;) {
        vyukov_slot *s = &q->slots[h & q->mask];
        ptrdiff_t d = (ptrdiff_t)(__atomic_load_n(&s->turn, __ATOMIC_ACQUIRE) - (h + 1));
        if (d < 0) return false;
        if (d > 0) {
            h = __atomic_load_n(&q->head, __ATOMIC_RELAXED);
        } else if (__atomic_compare_exchange_n(&q->head, &h, h + 1, true, __ATOMIC_RELAXED,
                                               __ATOMIC_RELAXED)) {
            *v = s->item;
            __atomic_store_n(&s->turn, h + q->mask + 1, __ATOMIC_RELEASE);
            return true;
        }
    }
}

typedef struct mutex_ring {
    pthread_mutex_t mutex;
    pthread_cond_t filled, emptied;
    size_t head, count, capacity;
    uint64_t *items;
} mutex_ring;

static inline mutex_ring *mutex_ring_new(size_t capacity)
{
    mutex_ring *q = (mutex_ring *)calloc(1, sizeof *q);
    pthread_mutex_init(&q->mutex, NULL);
    pthread_cond_init(&q->filled, NULL);
    pthread_cond_init(&q->emptied, NULL);
    q->capacity = capacity;
    q->items = (uint64_t *)malloc(capacity * sizeof *q->items);
    return q;
}

static inline void mutex_ring_free(mutex_ring *q)
{
    free(q->items);
    free(q);
}

static inline bool mutex_ring_send(mutex_ring *q, uint64_t v)
{
    pthread_mutex_lock(&q->mutex);
    while (q->count == q->capacity) pthread_cond_wait(&q->emptied, &q->mutex);
    q->items[(q->head + q->count++) % q->capacity] = v;
    pthread_cond_signal(&q->filled);
    pthread_mutex_unlock(&q->mutex);
    return true;
}

static inline bool mutex_ring_recv(mutex_ring *q, uint64_t *v)
{
    pthread_mutex_lock(&q->mutex);
    while (q->count == 0) pthread_cond_wait(&q->filled, &q->mutex);
    *v = q->items[q->head];
    q->head = (q->head + 1) % q->capacity;
    q->count--;
    pthread_cond_signal(&q->emptied);
    pthread_mutex_unlock(&q->mutex);
    return true;
}

#endif
