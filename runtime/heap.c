/* Memory of heap tasks: per-worker free lists of 64-byte multiples, malloc for what is larger, and a
 * small reserve for when memory is out. */
#include "worker.h"

#include <stdlib.h>
#include <string.h>

/* Forks behind this process, modulo 256. */
uint8_t heap_generation;

/* The reserve: a bump allocator that starts anew when the last of its blocks is back. */
static struct {
    struct spin_lock lock;
    size_t used;
    unsigned blocks;
    char bytes[RESERVE_BYTES] __attribute__((aligned(CACHE_LINE)));
} reserve;

static size_t round_up(size_t size)
{
    return (size + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
}

static struct heap_task *reserve_new(size_t size)
{
    struct heap_task *heap = NULL;
    spin_lock(&reserve.lock);
    if (size <= RESERVE_BYTES - reserve.used) {
        heap = (struct heap_task *)(reserve.bytes + reserve.used);
        reserve.used += size;
        reserve.blocks++;
    }
    spin_unlock(&reserve.lock);
    if (!heap)
        os_fatal("out of memory: no %zu bytes for a task and its result", size);
    heap->flags = HEAP_INLINE;
    return heap;
}

static void reserve_free(void)
{
    spin_lock(&reserve.lock);
    if (--reserve.blocks == 0)
        reserve.used = 0;
    spin_unlock(&reserve.lock);
}

/* The first block of a chunk holds the link to the next chunk. */
static bool refill(struct worker *worker, unsigned size_class)
{
    size_t block = (size_t)(size_class + 1) * CACHE_LINE;
    char *chunk = aligned_alloc(CACHE_LINE, block * POOL_CHUNK_BLOCKS);
    if (!chunk)
        return false;
    struct heap_task *first = (struct heap_task *)chunk;
    first->next = worker->chunks;
    worker->chunks = first;
    for (size_t i = POOL_CHUNK_BLOCKS - 1; i > 0; i--) {
        struct heap_task *heap = (struct heap_task *)(chunk + i * block);
        heap->size_class = (uint8_t)size_class;
        heap->next = worker->pool.free[size_class];
        worker->pool.free[size_class] = heap;
    }
    return true;
}

/* Takes back what other threads have freed. acquire: pairs with the release in heap_free; orders
 * their last use of a block before its next one. */
static void take_remote(struct worker *worker)
{
    struct heap_task *heap = exchange(&worker->pool.remote, NULL, __ATOMIC_ACQUIRE);
    while (heap) {
        struct heap_task *next = heap->next;
        heap->next = worker->pool.free[heap->size_class];
        worker->pool.free[heap->size_class] = heap;
        heap = next;
    }
}

/* A block for a task with a payload of size bytes. worker NULL: from malloc, and NULL on failure. */
struct heap_task *heap_new(struct worker *worker, size_t size)
{
    if (size > SIZE_MAX / 2)
        os_fatal("a task of %zu bytes is too large", size);
    size = round_up(HEAP_CAPTURE + size);
    size_t size_class = size / CACHE_LINE - 1;
    struct heap_task *heap;
    if (!worker || size_class >= POOL_CLASSES) {
        heap = aligned_alloc(CACHE_LINE, size);
        size_class = POOL_CLASSES;
    } else {
        struct heap_task **list = &worker->pool.free[size_class];
        if (!*list)
            take_remote(worker);
        heap = *list || refill(worker, (unsigned)size_class) ? *list : NULL;
        if (heap)
            *list = heap->next;
    }
    if (!heap) {
        if (!worker)
            return NULL;
        heap = reserve_new(size);
    } else {
        heap->flags = 0;
    }
    tsan_acquire(heap);
    heap->entry = ENTRY_NONE;
    heap->size_class = (uint8_t)size_class;
    heap->home = worker;
    heap->scope = NULL;
    heap->ended = PENDING_RUNS;
    heap->generation = heap_generation;
    heap->thief = 0;
    return heap;
}

/* Gives a block back: worker is the calling thread's, or NULL. */
void heap_free(struct worker *worker, struct heap_task *heap)
{
    tsan_release(heap);
    if (heap->flags & HEAP_INLINE) {
        reserve_free();
    } else if (heap->size_class == POOL_CLASSES) {
        tsan_acquire(heap); /* partner: queue_release */
        free(heap);
    } else if (heap->home == worker) {
        heap->next = worker->pool.free[heap->size_class];
        worker->pool.free[heap->size_class] = heap;
    } else {
        struct pool *pool = &heap->home->pool;
        heap->next = load_relaxed(&pool->remote);
        while (!__atomic_compare_exchange_n(&pool->remote, &heap->next, heap, true,
                                            __ATOMIC_RELEASE, __ATOMIC_RELAXED))
            cpu_relax();
    }
}

/* In a forked child: another thread may have held the lock. */
void heap_after_fork(void)
{
    reserve.lock.word = 0;
    heap_generation++;
}
