/*
 * Linearizability: many small runs of a few threads, each recorded as a history of calls with the
 * order of their beginnings and ends, are searched for an order that a plain bounded FIFO queue
 * could have gone through (Wing and Gong's search, with a memory of states seen).
 *
 * One reservation, as the doc comments have it: a try_ call may answer full or empty because of a
 * call that overlaps it. Such an answer is taken as it is; without an overlap it must be true.
 *
 * The checker itself is tested first: by a history that it once refused, for a fault in its memory
 * of states, and by three that no queue can have gone through.
 *
 *     linear [ROUNDS]
 */
#define _GNU_SOURCE
#include <stdio.h>

#include "threads.h"

enum { THREADS = 4, CALLS = 4, ALL = THREADS * CALLS };

typedef struct op {
    bool send, done; /* done: the try_ call said so */
    uint64_t v;
    uint32_t begin, end; /* places in the order of all beginnings and ends */
} op;

typedef struct history {
    op ops[ALL];
    int n;
    size_t capacity;        /* 0: unbounded */
    uint64_t seen[1 << 16]; /* hashes of states that lead nowhere */
} history;

typedef struct actor {
    const flavour *f;
    void *c;
    op *ops;
    int sends, recvs, number;
    uint32_t *clock;
    pthread_barrier_t *start;
} actor;

static void *act(void *arg)
{
    actor *a = (actor *)arg;
    pthread_barrier_wait(a->start);
    for (int i = 0; i < CALLS; i++) {
        op *o = &a->ops[i];
        o->send = a->sends && (!a->recvs || (i + a->number) % 2 == 0);
        o->v = (uint64_t)(a->number * CALLS + i + 1);
        o->begin = __atomic_fetch_add(a->clock, 1, __ATOMIC_SEQ_CST);
        o->done = o->send ? a->f->try_send(a->c, o->v) : a->f->try_recv(a->c, &o->v);
        o->end = __atomic_fetch_add(a->clock, 1, __ATOMIC_SEQ_CST);
    }
    return NULL;
}

static bool overlapped(const history *h, int i)
{
    for (int k = 0; k < h->n; k++)
        if (k != i && h->ops[k].begin < h->ops[i].end && h->ops[i].begin < h->ops[k].end)
            return true;
    return false;
}

/* May op `i` come next, when those in `taken` have come? Not if another one ended before it began.
 */
static bool may_come(const history *h, uint32_t taken, int i)
{
    for (int k = 0; k < h->n; k++)
        if (k != i && !(taken >> k & 1) && h->ops[k].end < h->ops[i].begin) return false;
    return true;
}

static bool search(history *h, uint32_t taken, uint64_t *queue, int first, int last)
{
    if (taken == (1u << h->n) - 1) return true;
    /* Sends come once, so what was taken says what is queued, but not its order. */
    uint64_t key = ((uint64_t)taken + 1) * 0xbf58476d1ce4e5b9u;
    key ^= key >> 32; /* far from the items, which are small: (taken ^ item) alone is ambiguous */
    for (int i = first; i < last; i++) key = (key ^ queue[i]) * 0x9e3779b97f4a7c15u;
    uint64_t *slot = &h->seen[(key ^ key >> 29) * 0x9e3779b97f4a7c15u >> 48];
    if (*slot == key) return false;
    for (int i = 0; i < h->n; i++) {
        const op *o = &h->ops[i];
        if ((taken >> i & 1) || !may_come(h, taken, i)) continue;
        int f = first, l = last;
        if (!o->done) {
            bool full = h->capacity && (size_t)(l - f) == h->capacity;
            if (!overlapped(h, i) && !(o->send ? full : f == l)) continue;
        } else if (o->send) {
            if (h->capacity && (size_t)(l - f) == h->capacity) continue;
            queue[l++] = o->v;
        } else {
            if (f == l || queue[f] != o->v) continue;
            f++;
        }
        if (search(h, taken | 1u << i, queue, f, l)) return true;
    }
    *slot = key;
    return false;
}

static void one_round(const flavour *f, size_t capacity, int threads, int turn)
{
    static history h;
    actor actors[THREADS];
    pthread_t ids[THREADS];
    pthread_barrier_t start;
    uint32_t clock = 0;
    uint64_t queue[ALL];
    void *c = f->make(capacity);
    memset(&h, 0, sizeof h);
    h.n = threads * CALLS;
    h.capacity = f->bounded ? capacity : 0;
    pthread_barrier_init(&start, NULL, (unsigned)threads);
    for (int i = 0; i < threads; i++) {
        /* The first thread has a role that is one thread's only; the last has the other one. */
        bool may_send = f->many_in || i == 0, may_recv = f->many_out || i == threads - 1;
        if (!may_send && !may_recv) may_recv = f->many_out;
        actors[i] = (actor){.f = f,
                            .c = c,
                            .ops = &h.ops[i * CALLS],
                            .sends = may_send,
                            .recvs = may_recv,
                            .number = i + turn % 2,
                            .clock = &clock,
                            .start = &start};
        ids[i] = thread_start(act, &actors[i]);
    }
    for (int i = 0; i < threads; i++) thread_end(ids[i]);
    pthread_barrier_destroy(&start);
    if (!search(&h, 0, queue, 0, 0)) {
        fprintf(stderr, "linear: %s, capacity %zu: no order explains\n", f->name, capacity);
        for (int i = 0; i < h.n; i++)
            fprintf(stderr, "  thread %d  %2u..%2u  %s %llu  %s\n", i / CALLS, h.ops[i].begin,
                    h.ops[i].end, h.ops[i].send ? "send" : "recv", (unsigned long long)h.ops[i].v,
                    h.ops[i].done ? "done" : "refused");
        exit(1);
    }
    f->destroy(c);
}

#define SEND(v, begin, end) {true, true, v, begin, end}
#define RECV(v, begin, end) {false, true, v, begin, end}
#define EMPTY(v, begin, end) {false, false, v, begin, end}
static const struct {
    const char *what;
    bool possible;
    int n;
    op ops[ALL];
} known[] = {
    {"a history that was refused once", true, 16,
     {EMPTY(5, 9, 10), SEND(6, 11, 12), RECV(6, 13, 14), SEND(8, 15, 16),
      SEND(9, 3, 17), RECV(8, 18, 19), SEND(11, 20, 21), RECV(9, 22, 23),
      RECV(11, 24, 25), SEND(14, 26, 27), RECV(14, 28, 29), SEND(16, 30, 31),
      SEND(17, 0, 1), RECV(17, 2, 4), SEND(19, 5, 6), RECV(19, 7, 8)}},
    {"out of order", false, 4, {SEND(1, 0, 1), SEND(2, 2, 3), RECV(2, 4, 5), RECV(1, 6, 7)}},
    {"received twice", false, 3, {SEND(1, 0, 1), RECV(1, 2, 4), RECV(1, 3, 5)}},
    {"empty though one was sent and no call overlaps", false, 2, {SEND(1, 0, 1), EMPTY(1, 2, 3)}},
};

static void check_the_checker(void)
{
    static history h;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        uint64_t queue[ALL];
        memset(&h, 0, sizeof h);
        h.n = known[i].n;
        h.capacity = 3;
        memcpy(h.ops, known[i].ops, sizeof h.ops);
        if (search(&h, 0, queue, 0, 0) != known[i].possible) {
            fprintf(stderr, "linear: the checker is wrong about: %s\n", known[i].what);
            exit(1);
        }
    }
}

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? atoi(argv[1]) : 300;
    if (rounds <= 0) {
        fprintf(stderr, "usage: linear [ROUNDS]\n");
        return 2;
    }
    check_the_checker();
    for (const flavour *f = flavours; f < flavours + flavour_count; f++) {
        if (f->largest != UINT64_MAX) continue;
        int threads = f->many_in && f->many_out ? THREADS : f->many_in || f->many_out ? 3 : 2;
        for (int i = 0; i < rounds; i++)
            for (size_t capacity = 1; capacity <= (f->bounded ? 3 : 1); capacity++)
                one_round(f, capacity, threads, i);
    }
    return 0;
}
