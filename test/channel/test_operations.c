/*
 * Every operation of every flavour at every boundary, in one thread: empty, full, capacity 1, laps,
 * arrays and batches across blocks, segments and the wrap, closing, overwriting, destroying with
 * items left. Built several times: as it is, with positions that begin near their end, with 32-bit
 * positions, with fences in place of membarrier, on the plain POSIX layer, with debug checks.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "flavours.h"

static const size_t capacities[] = {1, 2, 3, 6, 7, 8, 13, 14, 15, 32, 33, 64, 100, 1000};

#define EACH(f) for (const flavour *f = flavours; f < flavours + flavour_count; f++)
#define EACH_CAPACITY(k) \
    for (const size_t *k = capacities; k < capacities + sizeof capacities / sizeof *capacities; k++)

/* A time that has passed. */
static const struct timespec past = {0, 1};

static void fill_and_drain(void **state)
{
    (void)state;
    EACH(f) EACH_CAPACITY(k)
    {
        void *c = f->make(*k);
        uint64_t sent = 0, received = 0, v;
        for (int lap = 0; lap < 20; lap++) {
            for (size_t i = 0; i < *k; i++) {
                assert_int_equal(f->peek(c), i);
                assert_true(f->try_send(c, sent++ & f->largest));
            }
            assert_int_equal(f->peek(c), *k);
            if (f->bounded) {
                assert_false(f->try_send(c, 1));
                assert_int_equal(f->send_status(c, 1, &past), TINE_CHANNEL_TIMED_OUT);
            }
            /* Leave a few in, so that laps begin anywhere. */
            size_t take = lap % 3 == 0 ? *k : *k - *k / 3;
            for (size_t i = 0; i < take; i++) {
                assert_true(f->try_recv(c, &v));
                assert_int_equal(v, received++ & f->largest);
                if (i == 0 && f->bounded) { /* exactly one slot is free now */
                    assert_true(f->try_send(c, sent++ & f->largest));
                    assert_false(f->try_send(c, 1));
                }
            }
            while (f->try_recv(c, &v)) assert_int_equal(v, received++ & f->largest);
            assert_int_equal(received, sent);
            assert_int_equal(f->peek(c), 0);
            assert_int_equal(f->recv_status(c, &v, &past), TINE_CHANNEL_TIMED_OUT);
        }
        f->destroy(c);
    }
}

static void blocking_calls_that_need_not_wait(void **state)
{
    (void)state;
    EACH(f)
    {
        void *c = f->make(4);
        uint64_t v = 0;
        assert_false(f->send(c, 5));
        assert_int_equal(f->send_status(c, 6, NULL), TINE_CHANNEL_DONE);
        assert_false(f->recv(c, &v));
        assert_int_equal(v, 5);
        assert_int_equal(f->recv_status(c, &v, NULL), TINE_CHANNEL_DONE);
        assert_int_equal(v, 6);
        f->destroy(c);
    }
}

static void arrays(void **state)
{
    (void)state;
    EACH(f) EACH_CAPACITY(k)
    {
        void *c = f->make(*k);
        uint64_t sent = 0, received = 0, out[64], in[64];
        for (int round = 0; round < 300; round++) {
            size_t want = (size_t)round % 64 + 1, room = *k - f->peek(c);
            for (size_t i = 0; i < want; i++) out[i] = (sent + i) & f->largest;
            size_t n = f->send_n(c, out, want);
            assert_int_equal(n, f->bounded && room < want ? room : want);
            sent += n;
            assert_int_equal(f->send_n(c, out, 0), 0);
            size_t ask = (size_t)(round * 7) % 64 + 1, there = f->peek(c);
            n = f->recv_n(c, in, ask);
            assert_int_equal(n, there < ask ? there : ask);
            for (size_t i = 0; i < n; i++) assert_int_equal(in[i], received++ & f->largest);
        }
        f->destroy(c);
    }
}

/* Single calls and arrays of all lengths, mixed at random: each leaves places that the next begins at. */
static void calls_at_random(void **state)
{
    (void)state;
    uint32_t random = 1;
    EACH(f) EACH_CAPACITY(k)
    {
        void *c = f->make(*k);
        uint64_t sent = 0, received = 0, out[64], in[64];
        for (int call = 0; call < 3000; call++) {
            random = random * 1103515245 + 12345;
            size_t n = (random >> 20) % 65, there = (size_t)(sent - received), room = *k - there;
            bool single = random >> 16 & 1;
            if (single) n = 1;
            size_t can = f->bounded && room < n ? room : n;
            if (random >> 17 & 1) {
                for (size_t i = 0; i < n; i++) out[i] = (sent + i) & f->largest;
                size_t done = single ? f->try_send(c, out[0]) : f->send_n(c, out, n);
                assert_int_equal(done, can);
                sent += done;
            } else {
                size_t done = single ? f->try_recv(c, in) : f->recv_n(c, in, n);
                assert_int_equal(done, there < n ? there : n);
                for (size_t i = 0; i < done; i++)
                    assert_int_equal(in[i], received++ & f->largest);
            }
            assert_int_equal(f->peek(c), sent - received);
        }
        f->destroy(c);
    }
}

static void linked_batches(void **state)
{
    static uint64_t out[3000], in[9000];
    (void)state;
    EACH(f)
    {
        if (!f->send_batch) continue;
        void *c = f->make(0);
        uint64_t sent = 0, received = 0, v;
        for (size_t n = 1; n < 3000; n = n * 3 / 2 + 1) {
            for (size_t i = 0; i < n; i++) out[i] = sent++;
            assert_true(f->send_batch(c, out, n));
            assert_true(f->try_send(c, sent++));
            assert_true(f->try_recv(c, &v)); /* so that the batch meets a list begun */
            assert_int_equal(v, received++);
            for (size_t i = 0; i < n; i++) out[i] = sent++;
            assert_true(f->send_batch(c, out, n));
            assert_int_equal(f->peek(c), 2 * n);
            assert_int_equal(f->recv_batch(c, in, 9000), 2 * n);
            for (size_t i = 0; i < 2 * n; i++) assert_int_equal(in[i], received++);
            assert_int_equal(f->recv_batch(c, in, 9000), 0);
        }
        f->close(c);
        assert_false(f->send_batch(c, out, 3));
        f->destroy(c);
    }
}

static void closing(void **state)
{
    (void)state;
    EACH(f)
    {
        void *c = f->make(8);
        uint64_t v, items[3] = {1, 2, 3};
        assert_false(f->closed(c));
        for (uint64_t i = 0; i < 4; i++) assert_true(f->try_send(c, i));
        f->close(c);
        f->close(c); /* again does nothing */
        assert_true(f->closed(c));
        assert_false(f->try_send(c, 9));
        assert_int_equal(f->send_n(c, items, 3), 0);
        assert_int_equal(f->send_status(c, 9, NULL), TINE_CHANNEL_CLOSED);
        assert_false(f->send(c, 9));
        assert_int_equal(f->peek(c), 4);
        assert_int_equal(f->recv_status(c, &v, NULL), TINE_CHANNEL_DONE);
        assert_int_equal(v, 0);
        assert_true(f->try_recv(c, &v));
        assert_false(f->recv(c, &v));
        assert_int_equal(v, 2);
        assert_int_equal(f->recv_n(c, items, 3), 1);
        assert_int_equal(items[0], 3);
        assert_false(f->try_recv(c, &v));
        assert_int_equal(f->recv_status(c, &v, NULL), TINE_CHANNEL_CLOSED);
        assert_int_equal(f->recv_status(c, &v, &past), TINE_CHANNEL_CLOSED);
        v = 77;
        assert_false(f->recv(c, &v)); /* did not wait, and left v alone */
        assert_int_equal(v, 77);
        f->destroy(c);
    }
}

static void overwriting(void **state)
{
    (void)state;
    EACH(f) EACH_CAPACITY(k)
    {
        if (!f->make_overwrite) continue;
        void *c = f->make_overwrite(*k);
        uint64_t sent = 0, v;
        for (int lap = 0; lap < 5; lap++) {
            for (size_t i = 0; i < *k; i++) assert_false(f->send(c, sent++ & f->largest));
            assert_false(f->try_send(c, 1)); /* a try never displaces */
            for (size_t i = 0; i < *k * 2 + 1; i++) {
                assert_true(f->send(c, sent++ & f->largest));
                assert_int_equal(f->peek(c), *k);
            }
            assert_int_equal(f->send_status(c, sent++ & f->largest, &past), TINE_CHANNEL_WAITED);
            for (size_t i = 0; i < *k; i++) {
                assert_true(f->try_recv(c, &v));
                assert_int_equal(v, (sent - *k + i) & f->largest);
            }
            assert_false(f->try_recv(c, &v));
        }
        f->close(c);
        assert_int_equal(f->send_status(c, 1, NULL), TINE_CHANNEL_CLOSED);
        f->destroy(c);
    }
}

typedef struct box {
    int *live;
} box;

TINE_CHANNEL_SPSC(box_spsc, box)
TINE_CHANNEL_MPMC(box_mpmc, box)
TINE_CHANNEL_MPSC_LIST(box_list, box)
TINE_CHANNEL_SPSC(pointers, int *)

static void drop_box(void *item, void *arg)
{
    box *b = (box *)item;
    (void)arg;
    --*b->live;
}

static void destructor_drops_what_is_left(void **state)
{
    int live = 0;
    box b = {&live};
    tine_channel_options o;
    (void)state;
    memset(&o, 0, sizeof o);
    o.drop = drop_box;

    box_spsc s;
    assert_int_equal(box_spsc_init_with(&s, 5, &o), 0);
    for (int i = 0; i < 5; i++, live++) assert_true(box_spsc_try_send(&s, b));
    assert_true(box_spsc_try_recv(&s, &b));
    live--;
    box_spsc_destroy(&s);
    assert_int_equal(live, 0);

    box_list l;
    assert_int_equal(box_list_init_with(&l, &o), 0);
    for (int i = 0; i < 1000; i++, live++) assert_false(box_list_send(&l, b));
    for (int i = 0; i < 300; i++, live--) assert_true(box_list_try_recv(&l, &b));
    box_list_destroy(&l); /* from the middle of a segment on */
    assert_int_equal(live, 0);

    o.overwrite = true; /* what is displaced is dropped, or handed back by send_over */
    box_mpmc m;
    assert_int_equal(box_mpmc_init_with(&m, 3, &o), 0);
    for (int i = 0; i < 10; i++, live++) box_mpmc_send(&m, b);
    assert_int_equal(live, 3);
    box back = {NULL};
    assert_int_equal(box_mpmc_send_over(&m, b, &back), TINE_CHANNEL_WAITED);
    assert_ptr_equal(back.live, &live);
    assert_int_equal(live, 3);
    box_mpmc_destroy(&m);
    assert_int_equal(live, 0);
}

static void memory_from_the_caller(void **state)
{
    (void)state;
    tine_channel_options o;
    memset(&o, 0, sizeof o);
    size_t size = box_mpmc_memory_size(10);
    char *memory = (char *)malloc(size + 1);
    box_mpmc m;
    box b = {NULL};
    assert_true(size >= 10 * sizeof(box));
    for (int shift = 0; shift < 2; shift++) { /* any alignment will do */
        o.memory = memory + shift;
        o.memory_size = size;
        assert_int_equal(box_mpmc_init_with(&m, 10, &o), 0);
        for (int i = 0; i < 10; i++) assert_true(box_mpmc_try_send(&m, b));
        assert_false(box_mpmc_try_send(&m, b));
        assert_int_equal(box_mpmc_capacity(&m), 10);
        box_mpmc_destroy(&m);
        o.memory_size = size - 1;
        assert_int_equal(box_mpmc_init_with(&m, 10, &o), EINVAL);
        box_mpmc_destroy(&m); /* after a failed init: nothing */
    }
    free(memory);
}

struct bead {
    struct bead *next;
};
TINE_CHANNEL_MPSC_INTRUSIVE(beads, struct bead, next)

#if !defined(ALIGNMENT_IS_CHECKED)
static void intrusive_channels_are_aligned(void **state)
{
    (void)state;
    _Alignas(64) char memory[sizeof(beads) + 64];
    memset(memory, 0, sizeof memory);
    for (size_t at = 0; at < 32; at += sizeof(void *)) {
        beads *b = (beads *)(void *)(memory + at);
        bool aligned = at % (2 * sizeof(void *)) == 0;
        assert_int_equal(beads_init(b), aligned ? 0 : EINVAL);
        if (aligned) beads_destroy(b);
    }
}
#endif

static void bad_capacities(void **state)
{
    (void)state;
    pointers p;
    assert_int_equal(pointers_init(&p, 0), EINVAL);
    assert_int_equal(pointers_init_overwrite(&p, 0), EINVAL);
    assert_int_equal(pointers_init(&p, SIZE_MAX), EOVERFLOW);
    assert_int_equal(pointers_init(&p, SIZE_MAX / 2), EOVERFLOW);
    assert_int_equal(pointers_memory_size(0), 0);
    assert_int_equal(pointers_memory_size(SIZE_MAX), 0);
    pointers_destroy(&p);
    tine_channel_options o;
    memset(&o, 0, sizeof o);
    o.overwrite = true;
    box_list l;
    assert_int_equal(box_list_init_with(&l, &o), EINVAL);
    box_list_destroy(&l);
}

static void move_of_a_pointer(void **state)
{
    (void)state;
    int x = 0, *p = &x, *q = NULL;
    pointers c;
    assert_int_equal(pointers_init(&c, 1), 0);
    assert_true(pointers_try_send(&c, tine_move(p)));
#if TINE_CHANNEL_DEBUG
    assert_ptr_not_equal(p, &x); /* poisoned */
#endif
    assert_true(pointers_try_recv(&c, &q));
    assert_ptr_equal(q, &x);
    pointers_destroy(&c);
}

static void select_without_waiting(void **state)
{
    (void)state;
    const flavour *f = flavour_named("mpmc"), *g = flavour_named("spsc24");
    void *a = f->make(8), *b = g->make(8);
    uint64_t item_a[4], item_b[4];
    size_t which;
    tine_select_case cases[3] = {f->select_case(a, item_a), g->select_case(b, item_b)};
    assert_int_equal(tine_select(cases, 2, &which, &past), TINE_CHANNEL_TIMED_OUT);
    for (int i = 0; i < 8; i++) {
        f->send(a, 1);
        g->send(b, 2);
    }
    for (int i = 0; i < 16; i++) {
        assert_int_equal(tine_select(cases, 2, &which, NULL), TINE_CHANNEL_DONE);
        assert_int_equal(which == 0 ? f->number(item_a) : g->number(item_b), which + 1);
    }
    f->close(a);
    while (tine_select(cases, 2, &which, NULL) != TINE_CHANNEL_CLOSED) continue;
    assert_int_equal(which, 0);
    cases[0].channel = NULL;
    while (tine_select(cases, 2, &which, &past) == TINE_CHANNEL_DONE) assert_int_equal(which, 1);
    cases[1].channel = NULL;
    assert_int_equal(tine_select(cases, 2, &which, NULL), TINE_CHANNEL_CLOSED);
    assert_int_equal(which, 2);
    f->destroy(a);
    g->destroy(b);
}

/* With an item in each case, each is chosen in its share of calls, whatever else is selected from
 * between them. */
static void select_is_fair(void **state)
{
    enum { CALLS = 4000, CASES = 3 };
    const flavour *f = flavour_named("mpmc");
    void *c[CASES];
    uint64_t item;
    size_t which;
    tine_select_case cases[CASES];
    (void)state;
    for (int i = 0; i < CASES; i++) {
        c[i] = f->make(1);
        cases[i] = f->select_case(c[i], &item);
        f->send(c[i], 1);
    }
    for (int between = 0; between < 6; between++) {
        int hits[2][CASES] = {{0}};
        for (int i = 0; i < CALLS * (between + 1); i++) {
            size_t n = i % (between + 1) == 0 ? 2 : CASES;
            assert_int_equal(tine_select(cases, n, &which, NULL), TINE_CHANNEL_DONE);
            assert_true(f->try_send(c[which], 1));
            hits[n == 2 ? 0 : 1][which]++;
        }
        for (int k = 0; k < 2; k++) assert_in_range(hits[0][k], CALLS * 2 / 5, CALLS * 3 / 5);
        for (int k = 0; k < CASES && between; k++)
            assert_in_range(hits[1][k], CALLS * between / 4, CALLS * between / 2);
    }
    for (int i = 0; i < CASES; i++) f->destroy(c[i]);
}

/* What a variant is for is in force: positions are as wide as it says, and do run over. */
#ifndef EXPECT_FIRST_LAP
#define EXPECT_FIRST_LAP 0
#endif
#ifndef EXPECT_POSITION_BITS
#define EXPECT_POSITION_BITS ((int)sizeof(uintptr_t) * 8)
#endif
static void positions_run_over(void **state)
{
    (void)state;
    pointers p;
    box_mpmc m;
    box_list l;
    box b = {NULL};
    int x = 0, *q = &x;
    assert_int_equal(sizeof(tine__ch_position) * 8, EXPECT_POSITION_BITS);
    assert_int_equal(pointers_init(&p, 3), 0);
    assert_int_equal(box_mpmc_init(&m, 3), 0);
    assert_int_equal(box_list_init(&l), 0);
    const tine__ch_position first[] = {p.core.tail, m.core.tail, l.core.tail};
    for (int i = 0; i < 2000; i++) {
        assert_true(pointers_try_send(&p, q));
        assert_true(pointers_try_recv(&p, &q));
        assert_true(box_mpmc_try_send(&m, b));
        assert_true(box_mpmc_try_recv(&m, &b));
        assert_true(box_list_try_send(&l, b));
        assert_true(box_list_try_recv(&l, &b));
    }
    const tine__ch_position last[] = {p.core.tail, m.core.tail, l.core.tail};
    for (int i = 0; i < 3; i++) assert_int_equal(last[i] < first[i], EXPECT_FIRST_LAP < 0);
    pointers_destroy(&p);
    box_mpmc_destroy(&m);
    box_list_destroy(&l);
}

/* The intrusive channel has no positions, but counts for peek. */
static void counts_run_over(void **state)
{
    (void)state;
    enum { BEADS = 5 };
    struct bead bead[BEADS], *got;
    beads b;
    assert_int_equal(beads_init(&b), 0);
    b.core.tail.sent = b.core.received = (size_t)-2;
    for (int i = 0; i < BEADS; i++) {
        assert_int_equal(beads_peek(&b), i);
        assert_true(beads_try_send(&b, &bead[i]));
    }
    for (int i = 0; i < BEADS; i++) {
        assert_int_equal(beads_peek(&b), BEADS - i);
        assert_true(beads_try_recv(&b, &got));
        assert_ptr_equal(got, &bead[i]);
    }
    assert_int_equal(beads_peek(&b), 0);
    beads_destroy(&b);
}

/* Which waits are left out. */
static void waits_for_items_to_gather(void **state)
{
    (void)state;
    tine__ch_gather g;
    size_t taken = (size_t)-20;
    memset(&g, 0, sizeof g);
    for (int i = 0; i < 10; i++, taken += TINE__CH_GATHER_PAYS) { /* a stream: none */
        assert_true(tine__ch_may_gather(&g, taken));
        assert_true(tine__ch_let_gather(&g, taken, 0));
        assert_false(tine__ch_may_gather(&g, taken)); /* goes on polling */
    }
    taken -= TINE__CH_GATHER_PAYS - 1;
    for (unsigned left_out = 1, round = 0; round < 15; round++, taken++) { /* few at a time */
        assert_true(tine__ch_may_gather(&g, taken));
        assert_false(tine__ch_let_gather(&g, taken, 0));
        for (unsigned i = 0; i < left_out; i++) {
            assert_false(tine__ch_may_gather(&g, ++taken));
            assert_false(tine__ch_may_gather(&g, taken));
        }
        assert_true(tine__ch_may_gather(&g, ++taken));
        assert_true(tine__ch_let_gather(&g, taken, 0));
        left_out = 2 * left_out + 1 < TINE__CH_GATHER_SPAN ? 2 * left_out + 1 : TINE__CH_GATHER_SPAN;
    }
    taken += TINE__CH_GATHER_PAYS; /* a stream again */
    assert_true(tine__ch_may_gather(&g, taken));
    assert_true(tine__ch_let_gather(&g, taken, 0));
    assert_false(tine__ch_let_gather(&g, taken, 0));
    assert_false(tine__ch_may_gather(&g, ++taken));
    assert_true(tine__ch_may_gather(&g, ++taken));
}

TINE_CHANNEL_SPSC(one_to_one, int)
TINE_CHANNEL_MPSC(many_to_one, int)
TINE_CHANNEL_MPMC(many_to_many, int)
TINE_CHANNEL_MPSC_LIST(list_to_one, int)
TINE_CHANNEL_MPMC_LIST(list_to_many, int)

/* Who waits: only consumers, where there is room for a stream. */
static void who_lets_items_gather(void **state)
{
    (void)state;
    int item;
#define WAITS(type, ...)                                       \
    ({                                                         \
        type c;                                                \
        assert_int_equal(type##_init(&c, ##__VA_ARGS__), 0);   \
        assert_true(type##_try_send(&c, 1));                   \
        assert_true(type##_try_recv(&c, &item));               \
        assert_false(c.core.gather.waited);                    \
        assert_false(type##_try_recv(&c, &item));              \
        bool waited = c.core.gather.waited;                    \
        type##_destroy(&c);                                    \
        waited;                                                \
    })
    assert_true(WAITS(one_to_one, 16));
    assert_false(WAITS(one_to_one, 15));
    assert_true(WAITS(many_to_one, 16));
    assert_false(WAITS(many_to_one, 15));
    assert_true(WAITS(many_to_many, 16));
    assert_false(WAITS(many_to_many, 15));
    assert_true(WAITS(list_to_one));
    assert_false(WAITS(list_to_many));
#undef WAITS
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(waits_for_items_to_gather),
        cmocka_unit_test(who_lets_items_gather),
        cmocka_unit_test(positions_run_over),
        cmocka_unit_test(counts_run_over),
        cmocka_unit_test(fill_and_drain),
        cmocka_unit_test(blocking_calls_that_need_not_wait),
        cmocka_unit_test(arrays),
        cmocka_unit_test(calls_at_random),
        cmocka_unit_test(linked_batches),
        cmocka_unit_test(closing),
        cmocka_unit_test(overwriting),
        cmocka_unit_test(destructor_drops_what_is_left),
        cmocka_unit_test(memory_from_the_caller),
        cmocka_unit_test(bad_capacities),
#if !defined(ALIGNMENT_IS_CHECKED)
        cmocka_unit_test(intrusive_channels_are_aligned),
#endif
        cmocka_unit_test(move_of_a_pointer),
        cmocka_unit_test(select_without_waiting),
        cmocka_unit_test(select_is_fair),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
