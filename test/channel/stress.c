/*
 * Producers and consumers at full speed, over every flavour and way of calling. Checked: nothing is
 * lost or doubled, and each consumer sees each producer's items in their order. Threads outnumber
 * cores, so that some are preempted in the middle of operations. Also with a close in the midst of
 * it all, by another thread: everybody ends, and what was sent was received.
 *
 *     stress [ITEMS [FLAVOUR]]       items per producer, 4000 by default
 */
#define _GNU_SOURCE
#include <stdio.h>

#include "threads.h"

enum { PRODUCERS = 3, CONSUMERS = 3 };

typedef enum way { TRY, BLOCK, DEADLINE, ARRAYS, BATCHES, SELECT, OVERWRITE, WAYS, CLOSE = WAYS } way;
static const char *const way_names[] = {"try",     "block",  "deadline", "arrays",
                                        "batches", "select", "overwrite", "close"};

typedef struct run {
    const flavour *f;
    void *c, *other; /* `other`: a second channel, for select */
    way way;
    int producers, consumers;
    uint64_t items;
    int finished; /* producers that have ended */
} run;

typedef struct worker {
    run *run;
    int number;
    uint64_t count, sum;
} worker;

static void fail(const run *r, const char *what)
{
    fprintf(stderr, "stress: %s, %s, %d and %d threads: %s\n", r->f->name, way_names[r->way],
            r->producers, r->consumers, what);
    abort();
}

/* Of overwriting runs: how often each item came out, received, given back or dropped. */
static unsigned char *came_out;
static uint64_t each_sends;

static void out(uint64_t v)
{
    uint64_t at = (v >> 40) * each_sends + (v & (((uint64_t)1 << 40) - 1)) - 1;
    __atomic_fetch_add(&came_out[at], 1, __ATOMIC_RELAXED); /* read after the threads' ends */
}

static uint64_t item_of(int producer, uint64_t i)
{
    return (uint64_t)producer << 40 | (i + 1);
}

static void *produce(void *arg)
{
    worker *w = (worker *)arg;
    run *r = w->run;
    const flavour *f = r->f;
    uint64_t chunk[64];
    for (uint64_t i = 0; i < r->items;) {
        uint64_t v = item_of(w->number, i);
        size_t n =
            (size_t)(i % 37) + 1 < r->items - i ? (size_t)(i % 37) + 1 : (size_t)(r->items - i);
        switch (r->way) {
        case TRY:
            if (f->try_send(r->c, v)) {
                i++;
            } else {
                sched_yield();
            }
            break;
        case DEADLINE: {
            struct timespec soon = in_milliseconds(1);
            tine_channel_status status = f->send_status(r->c, v, &soon);
            if (status <= TINE_CHANNEL_WAITED) {
                i++;
            } else if (status != TINE_CHANNEL_TIMED_OUT) {
                fail(r, "send refused");
            }
            break;
        }
        case ARRAYS:
        case BATCHES:
            for (size_t k = 0; k < n; k++) chunk[k] = item_of(w->number, i + k);
            if (r->way == ARRAYS) {
                n = f->send_n(r->c, chunk, n);
                i += n;
                if (n == 0) sched_yield();
            } else if (f->send_batch(r->c, chunk, n)) {
                i += n;
            }
            break;
        case SELECT:
            f->send(i % 2 ? r->c : r->other, v), i++;
            break;
        case OVERWRITE:
            if (i % 3 == 0) {
                uint64_t displaced;
                if (f->send_over(r->c, v, &displaced) == TINE_CHANNEL_WAITED) out(displaced);
            } else if (i % 3 == 1 || !f->try_send(r->c, v)) {
                f->send(r->c, v);
            }
            i++;
            break;
        default:
            f->send(r->c, v), i++;
            break;
        }
    }
    if (__atomic_add_fetch(&r->finished, 1, __ATOMIC_ACQ_REL) == r->producers) {
        f->close(r->c);
        if (r->other) f->close(r->other);
    }
    return NULL;
}

/* Each consumer's last number of each producer, per channel. */
typedef struct seen {
    uint64_t last[2][PRODUCERS];
} seen;

static void check(worker *w, seen *s, int channel, uint64_t v)
{
    int producer = (int)(v >> 40);
    uint64_t i = v & (((uint64_t)1 << 40) - 1);
    if (producer >= w->run->producers || i == 0 || i > w->run->items)
        fail(w->run, "an item that nobody sent");
    if (i <= s->last[channel][producer]) fail(w->run, "order lost");
    s->last[channel][producer] = i;
    if (w->run->way == OVERWRITE) out(v);
    w->count++;
    w->sum += v;
}

static void consume_select(worker *w, seen *s)
{
    run *r = w->run;
    uint64_t items[2][FLAVOUR_ITEM_MAX / 8];
    tine_select_case cases[] = {r->f->select_case(r->c, items[0]),
                                r->f->select_case(r->other, items[1])};
    for (;;) {
        size_t which;
        tine_channel_status status = tine_select(cases, 2, &which, NULL);
        if (status <= TINE_CHANNEL_WAITED) {
            check(w, s, (int)which, r->f->number(items[which]));
        } else if (which == 2) {
            return;
        } else {
            cases[which].channel = NULL;
        }
    }
}

static void *consume(void *arg)
{
    worker *w = (worker *)arg;
    run *r = w->run;
    const flavour *f = r->f;
    seen s;
    static _Thread_local uint64_t chunk[200000];
    memset(&s, 0, sizeof s);
    if (r->way == SELECT) {
        consume_select(w, &s);
        return NULL;
    }
    for (;;) {
        uint64_t v = 0;
        size_t n = 0;
        if (r->way == TRY || r->way == OVERWRITE) {
            if (f->try_recv(r->c, &v)) chunk[n++] = v;
        } else if (r->way == ARRAYS) {
            n = f->recv_n(r->c, chunk, 29);
        } else if (r->way == BATCHES) {
            n = f->recv_batch(r->c, chunk, 200000);
        } else if (r->way == DEADLINE) {
            struct timespec soon = in_milliseconds(1);
            if (f->recv_status(r->c, &v, &soon) <= TINE_CHANNEL_WAITED) chunk[n++] = v;
        }
        for (size_t i = 0; i < n; i++) check(w, &s, 0, chunk[i]);
        if (n > 0) continue;
        struct timespec soon = in_milliseconds(1);
        tine_channel_status status = f->recv_status(r->c, &v, r->way == BLOCK ? NULL : &soon);
        if (status == TINE_CHANNEL_CLOSED) return NULL;
        if (status <= TINE_CHANNEL_WAITED) check(w, &s, 0, v);
    }
}

static void run_one(const flavour *f, way how, int producers, int consumers, uint64_t items,
                    size_t capacity)
{
    run r = {.f = f, .way = how, .producers = producers, .consumers = consumers, .items = items};
    worker workers[PRODUCERS + CONSUMERS];
    pthread_t threads[PRODUCERS + CONSUMERS];
    uint64_t count = 0, sum = 0, expected = 0;
    if (how == OVERWRITE) {
        came_out = (unsigned char *)calloc((size_t)items * (size_t)producers, 1);
        if (!came_out) abort();
        each_sends = items;
    }
    flavour_dropped = how == OVERWRITE ? out : NULL;
    r.c = how == OVERWRITE ? f->make_overwrite(capacity) : f->make(capacity);
    r.other = how == SELECT ? f->make(capacity) : NULL;
    for (int i = 0; i < producers + consumers; i++) {
        bool producer = i < producers;
        workers[i] = (worker){.run = &r, .number = producer ? i : i - producers};
        threads[i] = thread_start(producer ? produce : consume, &workers[i]);
    }
    for (int i = 0; i < producers + consumers; i++) {
        thread_end(threads[i]);
        count += workers[i].count;
        sum += workers[i].sum;
    }
    for (int p = 0; p < producers; p++)
        for (uint64_t i = 0; i < items; i++) expected += item_of(p, i);
    for (uint64_t i = 0; how == OVERWRITE && i < items * (uint64_t)producers; i++)
        if (came_out[i] != 1) fail(&r, "an overwriting channel lost or doubled an item");
    if (how != OVERWRITE && (count != items * (uint64_t)producers || sum != expected))
        fail(&r, "items lost or doubled");
    free(came_out);
    came_out = NULL;
    if (f->peek(r.c) != 0) fail(&r, "items left");
    f->destroy(r.c);
    if (r.other) f->destroy(r.other);
}

/* `peek` is a lower bound for the only consumer ... */
static void *consume_what_peek_says(void *arg)
{
    worker *w = (worker *)arg;
    run *r = w->run;
    uint64_t v;
    while (w->count < r->items) {
        size_t there = r->f->peek(r->c);
        for (size_t i = 0; i < there; i++, w->count++)
            if (!r->f->try_recv(r->c, &v)) fail(r, "peek told its consumer of too many");
        if (r->f->try_recv(r->c, &v)) {
            w->count++;
        } else if (there == 0) {
            sched_yield(); /* the other thread may have no core of its own */
        }
    }
    return NULL;
}

/* ... and an upper one for the only producer. */
static void *produce_what_peek_leaves(void *arg)
{
    worker *w = (worker *)arg;
    run *r = w->run;
    while (w->count < r->items) {
        size_t room = (size_t)w->sum - r->f->peek(r->c); /* sum: the capacity */
        for (size_t i = 0; i < room && w->count < r->items; i++, w->count++)
            if (!r->f->try_send(r->c, w->count)) fail(r, "peek told its producer of too few");
        if (room == 0) sched_yield();
    }
    return NULL;
}

static void bounds_of_peek(const flavour *f, uint64_t items, size_t capacity)
{
    run r = {.f = f, .way = TRY, .producers = 1, .consumers = 1, .items = items};
    worker in = {.run = &r, .sum = capacity}, out = {.run = &r};
    r.c = f->make(capacity);
    pthread_t t = thread_start(produce_what_peek_leaves, &in);
    consume_what_peek_says(&out);
    thread_end(t);
    f->destroy(r.c);
}

static void *produce_until_closed(void *arg)
{
    worker *w = (worker *)arg;
    run *r = w->run;
    while (r->f->send_status(r->c, item_of(w->number, w->count), NULL) <= TINE_CHANNEL_WAITED) {
        w->sum += item_of(w->number, w->count);
        w->count++;
    }
    return NULL;
}

/* Every other consumer by select. */
static void *consume_until_closed(void *arg)
{
    worker *w = (worker *)arg;
    run *r = w->run;
    seen s;
    memset(&s, 0, sizeof s);
    for (;;) {
        uint64_t v = 0, item[FLAVOUR_ITEM_MAX / 8];
        size_t which;
        tine_select_case one[] = {r->f->select_case(r->c, item)};
        tine_channel_status status = w->number % 2 ? tine_select(one, 1, &which, NULL)
                                                   : r->f->recv_status(r->c, &v, NULL);
        if (status > TINE_CHANNEL_WAITED) return NULL;
        check(w, &s, 0, w->number % 2 ? r->f->number(item) : v);
    }
}

/* Closed by a thread that is none of the producers, `us` after they have begun. */
static void close_one(const flavour *f, int producers, int consumers, size_t capacity, long us)
{
    run r = {.f = f, .way = CLOSE, .producers = producers, .consumers = consumers};
    worker workers[PRODUCERS + CONSUMERS];
    pthread_t threads[PRODUCERS + CONSUMERS];
    struct timespec a_little = {0, us * 1000};
    uint64_t count = 0, sum = 0, v;
    r.items = UINT64_MAX >> 24;
    r.c = f->make(capacity);
    for (int i = producers + consumers - 1; i >= 0; i--) {
        bool producer = i < producers;
        workers[i] = (worker){.run = &r, .number = producer ? i : i - producers};
        threads[i] = thread_start(producer ? produce_until_closed : consume_until_closed, &workers[i]);
    }
    nanosleep(&a_little, NULL);
    f->close(r.c);
    for (int i = 0; i < producers + consumers; i++) {
        thread_end(threads[i]);
        count += i < producers ? workers[i].count : 0 - workers[i].count;
        sum += i < producers ? workers[i].sum : 0 - workers[i].sum;
    }
    if (!f->many_in) /* the last item may have gone in unseen */
        for (; f->try_recv(r.c, &v); count--) sum -= v;
    if (count != 0 || sum != 0) fail(&r, "items lost or doubled");
    f->destroy(r.c);
}

static void close_in_the_midst(const flavour *f, uint64_t rounds)
{
    static const size_t capacities[] = {1, 7, 64};
    for (uint64_t i = 0; i < rounds; i++)
        for (size_t k = 0; k < (f->bounded ? 3 : 1); k++)
            close_one(f, f->many_in ? PRODUCERS : 1, f->many_out ? CONSUMERS : 1, capacities[k],
                      (long)(i * 37 % 500));
}

int main(int argc, char **argv)
{
    uint64_t items = argc > 1 ? strtoull(argv[1], NULL, 10) : 4000;
    const char *only = argc > 2 ? argv[2] : NULL;
    static const size_t capacities[] = {1, 2, 7, 100};
    if (items == 0) {
        fprintf(stderr, "usage: stress [ITEMS [FLAVOUR]]\n");
        return 2;
    }
    for (const flavour *f = flavours; f < flavours + flavour_count; f++) {
        if (f->largest != UINT64_MAX || (only && strcmp(only, f->name) != 0)) continue;
        for (int how = 0; how < WAYS; how++) {
            if (how == BATCHES && !f->send_batch) continue;
            if (how == OVERWRITE && !f->make_overwrite) continue;
            for (size_t k = 0; k < (f->bounded ? 4 : 1); k++)
                run_one(f, (way)how, f->many_in ? PRODUCERS : 1, f->many_out ? CONSUMERS : 1,
                        items / (f->bounded && capacities[k] < 3 ? 4 : 1), capacities[k]);
        }
        close_in_the_midst(f, items / 50);
        for (size_t k = 0; k < 4 && f->bounded && !f->many_in && !f->many_out; k++)
            bounds_of_peek(f, 20 * items, capacities[k]);
    }
    return 0;
}
