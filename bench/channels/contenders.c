/* The contenders written in C: Tine's channels, Concurrency Kit, liburcu, and the yardsticks. */
#include "contenders.h"

#include <tine/channel.h>

#include "harness.h"
#include "rings.h"

#ifdef HAVE_CK
#include <ck_ring.h>
#endif
#ifdef HAVE_URCU
#include <urcu/wfcqueue.h>
#endif
#ifdef HAVE_DPDK
#include <rte_config.h>
#include <rte_ring.h>
#endif

#define PLAIN uint64_t, item_of, item_value
#define LARGE item64, item64_of, item64_value
/* CONTENDER takes T, OF, VALUE as three arguments; this spreads the groups above. */
#define SPREAD(...) CONTENDER(__VA_ARGS__)

#define NEW(Q, INIT)               \
    q = (Q *)calloc(1, sizeof *q); \
    if (INIT) abort()
#define BYE(DESTROY) \
    DESTROY;         \
    free(q)

TINE_CHANNEL_SPSC(spsc, uint64_t)
TINE_CHANNEL_MPSC(mpsc, uint64_t)
TINE_CHANNEL_SPMC(spmc, uint64_t)
TINE_CHANNEL_MPMC(mpmc, uint64_t)
TINE_CHANNEL_MPSC_LIST(mpsc_list, uint64_t)
TINE_CHANNEL_MPMC_LIST(mpmc_list, uint64_t)
TINE_CHANNEL_SPSC(spsc64, item64)
TINE_CHANNEL_MPMC(mpmc64, item64)

#define TINE_RING(tag, kind, SIDES, ...)                                                           \
    SPREAD(tag##_try, "", "try", SIDES, kind, __VA_ARGS__, NEW(kind, kind##_init(q, capacity)),    \
           BYE(kind##_destroy(q)), kind##_try_send(q, v), kind##_try_recv(q, &v))                  \
    SPREAD(tag##_block, "", "block", SIDES, kind, __VA_ARGS__,                                     \
           NEW(kind, kind##_init(q, capacity)), BYE(kind##_destroy(q)), (kind##_send(q, v), true), \
           (kind##_recv(q, &v), true))
TINE_RING(spsc, spsc, ONE_IN | ONE_OUT, PLAIN)
TINE_RING(mpsc, mpsc, MANY_IN | ONE_OUT, PLAIN)
TINE_RING(spmc, spmc, ONE_IN | MANY_OUT, PLAIN)
TINE_RING(mpmc, mpmc, MANY_IN | MANY_OUT, PLAIN)

#define TINE_RING64(tag, kind, SIDES)                                                  \
    SPREAD(tag##_try, "", "", SIDES, kind, LARGE, NEW(kind, kind##_init(q, capacity)), \
           BYE(kind##_destroy(q)), kind##_try_send(q, v), kind##_try_recv(q, &v))
TINE_RING64(spsc64, spsc64, ONE_IN | ONE_OUT)
TINE_RING64(mpmc64, mpmc64, MANY_IN | MANY_OUT)

#define TINE_LIST(tag, kind, SIDES)                                             \
    SPREAD(tag##_try, "", "try", SIDES, kind, PLAIN, NEW(kind, kind##_init(q)), \
           BYE(kind##_destroy(q)), kind##_try_send(q, v), kind##_try_recv(q, &v))
TINE_LIST(mpsc_list, mpsc_list, MANY_IN | ONE_OUT)
TINE_LIST(mpmc_list, mpmc_list, MANY_IN | MANY_OUT)

SPREAD(vyukov, "", "try", 0, vyukov, PLAIN, q = vyukov_new(capacity), vyukov_free(q),
       vyukov_try_send(q, v), vyukov_try_recv(q, &v))
SPREAD(mutex, "", "block", 0, mutex_ring, PLAIN, q = mutex_ring_new(capacity), mutex_ring_free(q),
       mutex_ring_send(q, v), mutex_ring_recv(q, &v))

/* Arrays of 32, sent and received by one call. */
enum { BATCH = 32 };

#define TINE_ARRAYS(tag, kind, INIT)                                                            \
    static void *tag##_make(size_t capacity)                                                    \
    {                                                                                           \
        kind *q;                                                                                \
        (void)capacity;                                                                         \
        NEW(kind, INIT);                                                                        \
        return q;                                                                               \
    }                                                                                           \
    static void tag##_produce(void *queue, long n)                                              \
    {                                                                                           \
        uint64_t items[BATCH];                                                                  \
        for (long sent = 0; sent < n;) {                                                        \
            size_t want = n - sent < BATCH ? (size_t)(n - sent) : BATCH;                        \
            for (size_t i = 0; i < want; i++) items[i] = (uint64_t)sent + i + 1;                \
            unsigned tries = 0;                                                                 \
            for (size_t done = 0; done < want;) {                                               \
                size_t k = kind##_try_send_n((kind *)queue, items + done, want - done);         \
                done += k;                                                                      \
                if (k == 0) bench_wait(&tries);                                                 \
            }                                                                                   \
            sent += (long)want;                                                                 \
        }                                                                                       \
    }                                                                                           \
    static uint64_t tag##_consume(void *queue, long n)                                          \
    {                                                                                           \
        uint64_t items[BATCH], sum = 0;                                                         \
        unsigned tries = 0;                                                                     \
        while (n > 0) {                                                                         \
            size_t k =                                                                          \
                kind##_try_recv_n((kind *)queue, items, n < BATCH ? (size_t)n : (size_t)BATCH); \
            for (size_t i = 0; i < k; i++) sum += items[i];                                     \
            n -= (long)k;                                                                       \
            if (k == 0) bench_wait(&tries);                                                     \
        }                                                                                       \
        return sum;                                                                             \
    }
TINE_ARRAYS(spsc_batch, spsc, spsc_init(q, capacity))
TINE_ARRAYS(mpmc_batch, mpmc, mpmc_init(q, capacity))
TINE_ARRAYS(mpsc_list_batch, mpsc_list, mpsc_list_init(q))

/*
 * Intrusive queues: nodes come from each producer's own cyclic store, which a consumer's count of
 * returned nodes keeps from being used twice at once. Both queues pay the same for it. One after the
 * other, as here at first, nodes that the consumer reads pull those into its cache (by the processor's
 * prefetching) that a producer is about to write; scattered ones, as an allocator's, do not. Two to a line: where
 * they lay across lines, which ones was a matter of where the queue lay, and each queue was faster than the other by
 * turns.
 */
enum { NODES = 4096, PRODUCERS_MAX = 4, SCATTER = 1597 /* odd: comes to every node */ };

typedef struct node {
    _Alignas(32) struct node *next;
    uint64_t value;
    struct node_store *home;
} node;

typedef struct node_store {
    size_t returned; /* by the consumer */
    char apart[120];
    size_t seen; /* the producer's copy */
    char apart_seen[120];
    _Alignas(128) node nodes[NODES];
} node_store;

typedef struct stores {
    int taken;
    size_t step; /* from node to node: 1, or such that they lie scattered */
    node_store store[PRODUCERS_MAX];
} stores;

/* Looks at the consumer's count only when the last look allows no more, and then waits for a share of
 * the nodes: node by node, the line of that count would be what is measured. */
static node *store_next(node_store *s, size_t step, size_t i)
{
    unsigned tries = 0;
    if (i - s->seen >= NODES)
        while (i - (s->seen = __atomic_load_n(&s->returned, __ATOMIC_ACQUIRE)) > NODES - NODES / 4)
            bench_wait(&tries);
    return &s->nodes[i * step % NODES];
}

static void store_give_back(node *n, size_t count)
{
    size_t *returned = &n->home->returned;
    __atomic_store_n(returned, __atomic_load_n(returned, __ATOMIC_RELAXED) + count,
                     __ATOMIC_RELEASE);
}

TINE_CHANNEL_MPSC_INTRUSIVE(intrusive, node, next)

#define INTRUSIVE_QUEUE(tag, QUEUE, INIT, DESTROY, PUSH, POP)                            \
    typedef struct tag##_queue {                                                         \
        QUEUE;                                                                           \
        stores stores;                                                                   \
    } tag##_queue;                                                                       \
    static void *tag##_make(size_t capacity)                                             \
    {                                                                                    \
        tag##_queue *q = (tag##_queue *)aligned_alloc(128, sizeof *q);                   \
        (void)capacity;                                                                  \
        memset(q, 0, sizeof *q);                                                         \
        q->stores.step = 1;                                                              \
        INIT;                                                                            \
        return q;                                                                        \
    }                                                                                    \
    static void *tag##_make_scattered(size_t capacity)                                   \
    {                                                                                    \
        tag##_queue *q = (tag##_queue *)tag##_make(capacity);                            \
        q->stores.step = SCATTER;                                                        \
        return q;                                                                        \
    }                                                                                    \
    static void tag##_drop(void *queue)                                                  \
    {                                                                                    \
        tag##_queue *q = (tag##_queue *)queue;                                           \
        DESTROY;                                                                         \
        free(q);                                                                         \
    }                                                                                    \
    static void tag##_produce(void *queue, long n)                                       \
    {                                                                                    \
        tag##_queue *q = (tag##_queue *)queue;                                           \
        node_store *s =                                                                  \
            &q->stores.store[__atomic_fetch_add(&q->stores.taken, 1, __ATOMIC_RELAXED)]; \
        for (long i = 0; i < n; i++) {                                                   \
            node *v = store_next(s, q->stores.step, (size_t)i);                                          \
            v->value = (uint64_t)i + 1;                                                  \
            v->home = s;                                                                 \
            PUSH;                                                                        \
        }                                                                                \
    }                                                                                    \
    static uint64_t tag##_consume(void *queue, long n)                                   \
    {                                                                                    \
        tag##_queue *q = (tag##_queue *)queue;                                           \
        uint64_t sum = 0;                                                                \
        for (long i = 0; i < n; i++) {                                                   \
            node *v;                                                                     \
            unsigned tries = 0;                                                          \
            while (!(POP)) bench_wait(&tries);                                           \
            sum += v->value;                                                             \
            store_give_back(v, 1);                                                       \
        }                                                                                \
        return sum;                                                                      \
    }

INTRUSIVE_QUEUE(intrusive, intrusive channel, if (intrusive_init(&q->channel)) abort(),
                intrusive_destroy(&q->channel), intrusive_try_send(&q->channel, v),
                intrusive_try_recv(&q->channel, &v))

static void intrusive_batch_produce(void *queue, long n)
{
    intrusive_queue *q = (intrusive_queue *)queue;
    node_store *s = &q->stores.store[__atomic_fetch_add(&q->stores.taken, 1, __ATOMIC_RELAXED)];
    for (long i = 0; i < n;) {
        node *first = NULL, *last = NULL;
        long want = n - i < BATCH ? n - i : BATCH;
        for (long k = 0; k < want; k++, i++) {
            node *v = store_next(s, q->stores.step, (size_t)i);
            v->value = (uint64_t)i + 1;
            v->home = s;
            if (last) last->next = v;
            if (!first) first = v;
            last = v;
        }
        intrusive_try_send_batch(&q->channel, first, last, (size_t)want);
    }
}

static uint64_t intrusive_batch_consume(void *queue, long n)
{
    intrusive_queue *q = (intrusive_queue *)queue;
    uint64_t sum = 0;
    unsigned tries = 0;
    while (n > 0) {
        node *first, *last;
        size_t k = intrusive_try_recv_batch(&q->channel, &first, &last);
        n -= (long)k;
        if (k == 0) bench_wait(&tries);
        for (; k > 0; k--) {
            node *next = first->next;
            sum += first->value;
            store_give_back(first, 1);
            first = next;
        }
    }
    return sum;
}

#ifdef HAVE_URCU
typedef struct wfcq {
    struct cds_wfcq_head head;
    char apart[128];
    struct cds_wfcq_tail tail;
} wfcq;

static bool wfcq_pop(wfcq *q, node **v)
{
    struct cds_wfcq_node *n = __cds_wfcq_dequeue_nonblocking(&q->head, &q->tail);
    if (!n || n == CDS_WFCQ_WOULDBLOCK) return false;
    *v = (node *)n;
    return true;
}

INTRUSIVE_QUEUE(wfcq, wfcq queue, cds_wfcq_init(&q->queue.head, &q->queue.tail), (void)q,
                (cds_wfcq_node_init((struct cds_wfcq_node *)v),
                 cds_wfcq_enqueue(&q->queue.head, &q->queue.tail, (struct cds_wfcq_node *)v)),
                wfcq_pop(&q->queue, &v))
#endif

#ifdef HAVE_CK
typedef struct ck {
    ck_ring_t ring;
    ck_ring_buffer_t *slots;
} ck;

static ck *ck_new(size_t capacity)
{
    ck *q = (ck *)calloc(1, sizeof *q);
    q->slots = (ck_ring_buffer_t *)calloc(capacity, sizeof *q->slots);
    ck_ring_init(&q->ring, (unsigned)capacity);
    return q;
}

#define CK(tag, kind, SIDES)                                                       \
    SPREAD(tag, "", "try", SIDES, ck, PLAIN, q = ck_new(capacity), free(q->slots); \
           free(q), ck_ring_enqueue_##kind(&q->ring, q->slots, (void *)v),         \
           ck_ring_dequeue_##kind(&q->ring, q->slots, (void **)&v))
CK(ck_spsc, spsc, 0)
CK(ck_mpsc, mpsc, 0)
CK(ck_spmc, spmc, 0)
CK(ck_mpmc, mpmc, 0)

/* Items of 64 bytes by value. */
CK_RING_PROTOTYPE(large, item64)

typedef struct ck64 {
    ck_ring_t ring;
    item64 *slots;
} ck64;

static ck64 *ck64_new(size_t capacity)
{
    ck64 *q = (ck64 *)calloc(1, sizeof *q);
    q->slots = (item64 *)aligned_alloc(64, capacity * sizeof *q->slots);
    ck_ring_init(&q->ring, (unsigned)capacity);
    return q;
}
SPREAD(ck64, "", "try64", 0, ck64, LARGE, q = ck64_new(capacity), free(q->slots);
       free(q), CK_RING_ENQUEUE_SPSC(large, &q->ring, q->slots, &v),
       CK_RING_DEQUEUE_SPSC(large, &q->ring, q->slots, &v))
#endif

#ifdef HAVE_DPDK
/* rte_ring on memory of the program's own: that part of DPDK needs no set-up of its environment. */
static struct rte_ring *dpdk_new(size_t capacity, unsigned flags)
{
    ssize_t size = rte_ring_get_memsize((unsigned)capacity);
    void *memory = size > 0 ? aligned_alloc(128, ((size_t)size + 127) / 128 * 128) : NULL;
    if (!memory || rte_ring_init((struct rte_ring *)memory, "bench", (unsigned)capacity, flags))
        abort();
    return (struct rte_ring *)memory;
}

#define DPDK(tag, flags, in, out)                                                              \
    SPREAD(tag, "", "try", 0, struct rte_ring, PLAIN, q = dpdk_new(capacity, flags), free(q),    \
           rte_ring_##in##_enqueue(q, (void *)v) == 0,                                         \
           rte_ring_##out##_dequeue(q, (void **)&v) == 0)
DPDK(dpdk_spsc, RING_F_SP_ENQ | RING_F_SC_DEQ, sp, sc)
DPDK(dpdk_mpsc, RING_F_SC_DEQ, mp, sc)
DPDK(dpdk_spmc, RING_F_SP_ENQ, sp, mc)
DPDK(dpdk_mpmc, 0, mp, mc)

static void dpdk_batch_produce(void *queue, long n)
{
    void *items[BATCH];
    for (long sent = 0; sent < n;) {
        unsigned want = n - sent < BATCH ? (unsigned)(n - sent) : BATCH, tries = 0;
        for (unsigned i = 0; i < want; i++) items[i] = (void *)(sent + i + 1);
        for (unsigned done = 0; done < want;) {
            unsigned k = rte_ring_sp_enqueue_burst((struct rte_ring *)queue, items + done,
                                                   want - done, NULL);
            done += k;
            if (k == 0) bench_wait(&tries);
        }
        sent += want;
    }
}

static uint64_t dpdk_batch_consume(void *queue, long n)
{
    void *items[BATCH];
    uint64_t sum = 0;
    unsigned tries = 0;
    while (n > 0) {
        unsigned k = rte_ring_sc_dequeue_burst((struct rte_ring *)queue, items,
                                               n < BATCH ? (unsigned)n : BATCH, NULL);
        for (unsigned i = 0; i < k; i++) sum += (uint64_t)items[i];
        n -= k;
        if (k == 0) bench_wait(&tries);
    }
    return sum;
}
#endif

#define SCATTERED(tag, NAME)                                                                      \
    {                                                                                            \
        NAME ", scattered", "try", MANY_IN | ONE_OUT, tag##_make_scattered, tag##_drop,          \
            tag##_produce, tag##_consume, NULL, NULL, NULL                                       \
    }
#define STREAM(tag, NAME, WAY, SIDES)                                                            \
    {                                                                                            \
        NAME, WAY, SIDES, tag##_make, DROP_##tag, tag##_produce, tag##_consume, NULL, NULL, NULL \
    }
#define DROP_spsc_batch spsc_try_drop
#define DROP_mpmc_batch mpmc_try_drop
#define DROP_mpsc_list_batch mpsc_list_try_drop
#define DROP_intrusive intrusive_drop
#define DROP_intrusive_batch intrusive_drop
#define DROP_wfcq wfcq_drop
#define DROP_dpdk_batch dpdk_spsc_drop
#define dpdk_batch_make dpdk_spsc_make
#define intrusive_batch_make intrusive_make

const contender c_contenders[] = {
    ENTRY(spsc_try, "tine SPSC", "try", ONE_IN | ONE_OUT),
    ENTRY(mpsc_try, "tine MPSC", "try", MANY_IN | ONE_OUT),
    ENTRY(spmc_try, "tine SPMC", "try", ONE_IN | MANY_OUT),
    ENTRY(mpmc_try, "tine MPMC", "try", MANY_IN | MANY_OUT),
    ENTRY(mpsc_list_try, "tine MPSC_LIST", "try", MANY_IN | ONE_OUT),
    ENTRY(mpmc_list_try, "tine MPMC_LIST", "try", MANY_IN | MANY_OUT),
    STREAM(intrusive, "tine MPSC_INTRUSIVE", "try", MANY_IN | ONE_OUT),
    SCATTERED(intrusive, "tine MPSC_INTRUSIVE"),
    ENTRY(spsc_block, "tine SPSC", "block", ONE_IN | ONE_OUT),
    ENTRY(mpsc_block, "tine MPSC", "block", MANY_IN | ONE_OUT),
    ENTRY(spmc_block, "tine SPMC", "block", ONE_IN | MANY_OUT),
    ENTRY(mpmc_block, "tine MPMC", "block", MANY_IN | MANY_OUT),
    ENTRY(spsc64_try, "tine SPSC", "try64", ONE_IN | ONE_OUT),
    ENTRY(mpmc64_try, "tine MPMC", "try64", MANY_IN | MANY_OUT),
    STREAM(spsc_batch, "tine SPSC", "batch", ONE_IN | ONE_OUT),
    STREAM(mpmc_batch, "tine MPMC", "batch", MANY_IN | MANY_OUT),
    STREAM(mpsc_list_batch, "tine MPSC_LIST", "batch", MANY_IN | ONE_OUT),
    STREAM(intrusive_batch, "tine MPSC_INTRUSIVE", "batch", MANY_IN | ONE_OUT),
    ENTRY(vyukov, "Vyukov dense", "try", MANY_IN | MANY_OUT),
    ENTRY(mutex, "mutex+condvar", "block", MANY_IN | MANY_OUT),
#ifdef HAVE_URCU
    STREAM(wfcq, "liburcu wfcqueue", "try", MANY_IN | ONE_OUT),
    SCATTERED(wfcq, "liburcu wfcqueue"),
#endif
#ifdef HAVE_DPDK
    ENTRY(dpdk_spsc, "rte_ring SPSC", "try", ONE_IN | ONE_OUT),
    ENTRY(dpdk_mpsc, "rte_ring MPSC", "try", MANY_IN | ONE_OUT),
    ENTRY(dpdk_spmc, "rte_ring SPMC", "try", ONE_IN | MANY_OUT),
    ENTRY(dpdk_mpmc, "rte_ring MPMC", "try", MANY_IN | MANY_OUT),
    STREAM(dpdk_batch, "rte_ring SPSC", "batch", ONE_IN | ONE_OUT),
#endif
#ifdef HAVE_CK
    ENTRY(ck_spsc, "ck_ring SPSC", "try", ONE_IN | ONE_OUT),
    ENTRY(ck_mpsc, "ck_ring MPSC", "try", MANY_IN | ONE_OUT),
    ENTRY(ck_spmc, "ck_ring SPMC", "try", ONE_IN | MANY_OUT),
    ENTRY(ck_mpmc, "ck_ring MPMC", "try", MANY_IN | MANY_OUT),
    ENTRY(ck64, "ck_ring SPSC", "try64", ONE_IN | ONE_OUT),
#endif
};
const size_t c_contender_count = sizeof c_contenders / sizeof *c_contenders;
