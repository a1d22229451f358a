/*
 * Waiting and waking: who sleeps is woken, by an item, by room, by close; one change wakes one
 * waiter; deadlines; select; the runtime's hooks around a sleep. Nothing here measures time but the
 * one thing that is promised: no time-out before its deadline.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "threads.h"

#define EACH(f) for (const flavour *f = flavours; f < flavours + flavour_count; f++)
enum { CROWD = 3 };

static int begun, ended;

/* As the runtime has them. */
void tine_blocking_begin(void);
void tine_blocking_end(void);

void tine_blocking_begin(void)
{
    __atomic_fetch_add(&begun, 1, __ATOMIC_RELAXED);
}

void tine_blocking_end(void)
{
    __atomic_fetch_add(&ended, 1, __ATOMIC_RELAXED);
}

/* Waits until `n` threads are past their last attempts. */
static void await_asleep(int n)
{
    while (__atomic_load_n(&begun, __ATOMIC_RELAXED) - __atomic_load_n(&ended, __ATOMIC_RELAXED) !=
           n)
        rest_ms(1);
}

typedef struct call {
    const flavour *f;
    void *c;
    uint64_t v;
    const struct timespec *deadline;
    tine_channel_status status;
    int done; /* set last: RELEASE, partner: is_done */
} call;

static bool is_done(const int *done)
{
    return __atomic_load_n(done, __ATOMIC_ACQUIRE) != 0;
}

static void *call_send(void *arg)
{
    call *k = (call *)arg;
    k->status = k->f->send_status(k->c, k->v, k->deadline);
    return NULL;
}

static void *call_recv(void *arg)
{
    call *k = (call *)arg;
    k->status = k->f->recv_status(k->c, &k->v, k->deadline);
    __atomic_store_n(&k->done, 1, __ATOMIC_RELEASE);
    return NULL;
}

static void receiver_is_woken_by_an_item(void **state)
{
    (void)state;
    EACH(f)
    {
        call k = {.f = f, .c = f->make(1), .status = TINE_CHANNEL_CLOSED};
        pthread_t t = thread_start(call_recv, &k);
        await_sleepers(f, k.c, TINE__CH_RECEIVERS, 1);
        assert_true(f->try_send(k.c, 42));
        thread_end(t);
        assert_int_equal(k.status, TINE_CHANNEL_WAITED);
        assert_int_equal(k.v, 42);
        f->destroy(k.c);
    }
    assert_true(begun > 0);
    assert_int_equal(begun, ended);
}

static void sender_is_woken_by_room(void **state)
{
    (void)state;
    EACH(f)
    {
        if (!f->bounded) continue;
        call k = {.f = f, .c = f->make(1), .v = 2};
        uint64_t v;
        assert_true(f->try_send(k.c, 1));
        pthread_t t = thread_start(call_send, &k);
        await_sleepers(f, k.c, TINE__CH_SENDERS, 1);
        assert_true(f->try_recv(k.c, &v));
        thread_end(t);
        assert_int_equal(k.status, TINE_CHANNEL_WAITED);
        assert_true(f->try_recv(k.c, &v));
        assert_int_equal(v, 2);
        f->destroy(k.c);
    }
}

static void arrays_and_batches_wake(void **state)
{
    (void)state;
    uint64_t items[CROWD] = {7, 8, 9}, sum = 0;
    EACH(f)
    {
        int crowd = f->many_out ? CROWD : 1;
        call k[CROWD];
        pthread_t t[CROWD];
        for (int batch = 0; batch < (f->send_batch ? 2 : 1); batch++) {
            void *c = f->make(CROWD);
            for (int i = 0; i < crowd; i++) {
                k[i] = (call){.f = f, .c = c};
                t[i] = thread_start(call_recv, &k[i]);
            }
            await_sleepers(f, c, TINE__CH_RECEIVERS, (uint32_t)crowd);
            if (batch) {
                assert_true(f->send_batch(c, items, (size_t)crowd));
            } else {
                assert_int_equal(f->send_n(c, items, (size_t)crowd), crowd);
            }
            sum = 0;
            for (int i = 0; i < crowd; i++) {
                thread_end(t[i]);
                sum += k[i].v;
            }
            assert_int_equal(sum, crowd == 1 ? 7 : 24);
            f->destroy(c);
        }
    }
}

static void await_done(const call *k, int n)
{
    for (int done = 0; done != n; rest_ms(1)) {
        done = 0;
        for (int i = 0; i < CROWD; i++) done += is_done(&k[i].done);
    }
}

/* Each of a crowd sleeps once: nobody is woken for another one's item. (Each item has been taken before the next comes:
 * who finds that there is more wakes the next, and the one that was woken for it may have it first.) */
static void one_item_wakes_one(void **state)
{
    (void)state;
    EACH(f)
    {
        if (!f->many_out) continue;
        void *c = f->make(8);
        int sleeps = __atomic_load_n(&begun, __ATOMIC_RELAXED);
        call k[CROWD];
        pthread_t t[CROWD];
        for (int i = 0; i < CROWD; i++) {
            k[i] = (call){.f = f, .c = c};
            t[i] = thread_start(call_recv, &k[i]);
        }
        for (int left = CROWD; left > 0; left--) {
            await_asleep(left);
            assert_true(f->try_send(c, 1));
            await_sleepers(f, c, TINE__CH_RECEIVERS, (uint32_t)left - 1);
            await_done(k, CROWD - left + 1);
        }
        for (int i = 0; i < CROWD; i++) {
            thread_end(t[i]);
            assert_int_equal(k[i].status, TINE_CHANNEL_WAITED);
        }
        assert_int_equal(__atomic_load_n(&begun, __ATOMIC_RELAXED) - sleeps, CROWD);
        f->destroy(c);
    }
}

static void close_wakes_all(void **state)
{
    (void)state;
    EACH(f) for (int side = 0; side < 2; side++)
    {
        if (side == TINE__CH_SENDERS && !f->bounded) continue;
        int crowd = (side == TINE__CH_SENDERS ? f->many_in : f->many_out) ? CROWD : 1;
        void *c = f->make(1);
        call k[CROWD];
        pthread_t t[CROWD];
        uint64_t v;
        if (side == TINE__CH_SENDERS) assert_true(f->try_send(c, 5));
        for (int i = 0; i < crowd; i++) {
            k[i] = (call){.f = f, .c = c};
            t[i] = thread_start(side == TINE__CH_SENDERS ? call_send : call_recv, &k[i]);
        }
        await_sleepers(f, c, side, (uint32_t)crowd);
        f->close(c);
        for (int i = 0; i < crowd; i++) {
            thread_end(t[i]);
            assert_int_equal(k[i].status, TINE_CHANNEL_CLOSED);
        }
        assert_int_equal(f->try_recv(c, &v), side == TINE__CH_SENDERS); /* what was in stays in */
        f->destroy(c);
    }
}

TINE_CHANNEL_MPMC(ring, uint64_t)
TINE_CHANNEL_MPMC_LIST(list, uint64_t)

static void *ring_receiver(void *arg)
{
    uint64_t v;
    return ring_recv_status((ring *)arg, &v, NULL) == TINE_CHANNEL_WAITED ? arg : NULL;
}

static void *list_receiver(void *arg)
{
    uint64_t v;
    return list_recv_status((list *)arg, &v, NULL) == TINE_CHANNEL_WAITED ? arg : NULL;
}

static void *ring_selector(void *arg)
{
    uint64_t v;
    size_t which;
    tine_select_case one[] = {ring_case((ring *)arg, &v)};
    return tine_select(one, 1, &which, NULL) == TINE_CHANNEL_WAITED ? arg : NULL;
}

/* All of the crowd asleep, and past their last attempts. */
static void await_crowd(tine__ch_hub *hub)
{
    while (__atomic_load_n(&hub->attention[TINE__CH_RECEIVERS], __ATOMIC_ACQUIRE) / 2 != CROWD)
        rest_ms(1);
    rest_ms(20);
}

static void start_crowd(pthread_t *t, void *(*run)(void *), void *c)
{
    for (int i = 0; i < CROWD; i++) t[i] = thread_start(run, c);
}

/* How many of the crowd got an item; the others were told that it is closed. */
static int end_crowd(pthread_t *t)
{
    int served = 0;
    for (int i = 0; i < CROWD; i++) {
        void *got;
        if (pthread_join(t[i], &got) != 0) abort();
        served += got != NULL;
    }
    return served;
}

/* A send has claimed its slot when the channel is closed: the receivers sleep again until it ends,
 * which wakes one of them. By hand, as in tine__ch_ring_try_push. */
static void a_send_that_ends_after_the_close(void **state)
{
    void *(*const runs[])(void *) = {ring_receiver, ring_selector};
    (void)state;
    for (int i = 0; i < 4; i++) {
        ring c;
        pthread_t t[CROWD];
        tine__ch_slot slot = {.item = NULL};
        uint64_t v = 5;
        assert_int_equal(i / 2 ? ring_init_overwrite(&c, 4) : ring_init(&c, 4), 0);
        start_crowd(t, runs[i % 2], &c);
        assert_int_equal(tine__ch_ring_claim_in(&c.core, ring__shape(), &slot, true), TINE__CH_OK);
        await_crowd(&c.core.hub);
        ring_close(&c);
        await_crowd(&c.core.hub);
        memcpy(slot.item, &v, sizeof v);
        tine__ch_ring_end_push(&c.core, ring__shape(), slot, true, true);
        assert_int_equal(end_crowd(t), 1);
        ring_destroy(&c);
    }
}

static void a_send_to_a_list_that_ends_after_the_close(void **state)
{
    list c;
    pthread_t t[CROWD];
    tine__ch_claim claim = {NULL, 0};
    uint64_t v = 5;
    (void)state;
    assert_int_equal(list_init(&c), 0);
    start_crowd(t, list_receiver, &c);
    assert_int_equal(tine__ch_list_claim(&c.core, list__shape(), 1, &claim), TINE__CH_OK);
    await_crowd(&c.core.hub);
    list_close(&c);
    await_crowd(&c.core.hub);
    tine__ch_list_fill(&claim, list__shape(), &v);
    tine__ch_changed(&c.core.hub, TINE__CH_RECEIVERS, 1);
    assert_int_equal(end_crowd(t), 1);
    list_destroy(&c);
}

/* A consumer has claimed the last item of a segment and not yet put the next one in place: the
 * others cannot tell that nothing is left. By hand, as in tine__ch_list_pop_n. */
static void a_receive_that_ends_after_the_close(void **state)
{
    list c;
    pthread_t t[CROWD];
    uint64_t v;
    size_t n = tine__ch_list_slots(list__shape());
    (void)state;
    assert_int_equal(list_init(&c), 0);
    for (size_t i = 0; i < n; i++) assert_true(list_try_send(&c, i));
    for (size_t i = 0; i + 1 < n; i++) assert_true(list_try_recv(&c, &v));
    tine__ch_position h = c.core.head;
    tine__ch_segment *last = c.core.head_segment;
    c.core.head = (h & ~(tine__ch_list_lap(list__shape()) - 1)) | tine__ch_list_end(list__shape());
    list_close(&c);
    start_crowd(t, list_receiver, &c);
    await_crowd(&c.core.hub);
    tine__ch_list_step(&c.core, list__shape(), last, h, true);
    assert_int_equal(end_crowd(t), 0);
    tine__ch_segment_retire(&c.core, last, true);
    list_destroy(&c);
}

static void no_timeout_before_its_deadline(void **state)
{
    (void)state;
    EACH(f)
    {
        void *c = f->make(1);
        uint64_t v;
        struct timespec deadline = in_milliseconds(15), now;
        assert_int_equal(f->recv_status(c, &v, &deadline), TINE_CHANNEL_TIMED_OUT);
        clock_gettime(CLOCK_MONOTONIC, &now);
        assert_true(now.tv_sec > deadline.tv_sec ||
                    (now.tv_sec == deadline.tv_sec && now.tv_nsec >= deadline.tv_nsec));
        assert_true(f->try_send(c, 1));
        if (f->bounded) {
            deadline = in_milliseconds(15);
            assert_int_equal(f->send_status(c, 2, &deadline), TINE_CHANNEL_TIMED_OUT);
        }
        struct timespec nonsense = {-5, 2000000000};
        assert_true(f->try_recv(c, &v));
        assert_int_equal(f->recv_status(c, &v, &nonsense), TINE_CHANNEL_TIMED_OUT);
        await_sleepers(f, c, TINE__CH_RECEIVERS, 0);
        f->destroy(c);
    }
}

typedef struct selection {
    tine_select_case cases[20];
    size_t n, which;
    tine_channel_status status;
    const struct timespec *deadline;
    int done; /* as in call */
} selection;

static void *call_select(void *arg)
{
    selection *s = (selection *)arg;
    s->status = tine_select(s->cases, s->n, &s->which, s->deadline);
    __atomic_store_n(&s->done, 1, __ATOMIC_RELEASE);
    return NULL;
}

static void select_is_woken_by_each(void **state)
{
    (void)state;
    for (size_t n = 2; n <= 20; n += 9) { /* more than it keeps on its stack, too */
        for (size_t i = 0; i < n; i += 3) {
            void *c[20];
            uint64_t items[20][FLAVOUR_ITEM_MAX / 8];
            const flavour *f[20];
            selection s = {.n = n};
            for (size_t k = 0; k < n; k++) {
                f[k] = &flavours[k % flavour_count];
                c[k] = f[k]->make(2);
                s.cases[k] = f[k]->select_case(c[k], items[k]);
            }
            for (int how = 0; how < 2; how++) {
                pthread_t t = thread_start(call_select, &s);
                for (size_t k = 0; k < n; k++) await_sleepers(f[k], c[k], TINE__CH_RECEIVERS, 1);
                if (how == 0) {
                    assert_true(f[i]->try_send(c[i], 11));
                } else {
                    f[i]->close(c[i]);
                }
                thread_end(t);
                assert_int_equal(s.which, i);
                assert_int_equal(s.status, how == 0 ? TINE_CHANNEL_WAITED : TINE_CHANNEL_CLOSED);
                if (how == 0) assert_int_equal(f[i]->number(items[i]), 11);
                for (size_t k = 0; k < n; k++) await_sleepers(f[k], c[k], TINE__CH_RECEIVERS, 0);
            }
            for (size_t k = 0; k < n; k++) f[k]->destroy(c[k]);
        }
    }
}

static void select_and_receivers_share_wakeups(void **state)
{
    (void)state;
    /* A select that waits on two channels and a receiver behind it on each: an item in both serves
     * two of them, whichever; one who has joined the queue may still take an item by its last attempt
     * before it sleeps. The third gets the last item: nobody's turn is lost. */
    const flavour *f = flavour_named("mpmc");
    for (int round = 0; round < 200; round++) {
        void *a = f->make(4), *b = f->make(4);
        uint64_t items[2];
        selection s = {.n = 2};
        s.cases[0] = f->select_case(a, &items[0]);
        s.cases[1] = f->select_case(b, &items[1]);
        pthread_t t = thread_start(call_select, &s);
        await_sleepers(f, a, TINE__CH_RECEIVERS, 1);
        call ka = {.f = f, .c = a}, kb = {.f = f, .c = b};
        pthread_t ta = thread_start(call_recv, &ka), tb = thread_start(call_recv, &kb);
        await_sleepers(f, a, TINE__CH_RECEIVERS, 2);
        await_sleepers(f, b, TINE__CH_RECEIVERS, 2);
        f->send(a, 1);
        f->send(b, 2);
        while (is_done(&s.done) + is_done(&ka.done) + is_done(&kb.done) < 2) sched_yield();
        f->send(is_done(&ka.done) ? b : a, 3); /* both, if the select is left */
        thread_end(t);
        thread_end(ta);
        thread_end(tb);
        assert_int_equal(ka.v + kb.v + items[s.which], 6);
        f->destroy(a);
        f->destroy(b);
    }
}

static void select_times_out(void **state)
{
    (void)state;
    const flavour *f = flavour_named("mail"), *g = flavour_named("spsc");
    void *a = f->make(0), *b = g->make(1);
    uint64_t items[2];
    size_t which;
    tine_select_case cases[] = {f->select_case(a, &items[0]), g->select_case(b, &items[1])};
    struct timespec deadline = in_milliseconds(10);
    assert_int_equal(tine_select(cases, 2, &which, &deadline), TINE_CHANNEL_TIMED_OUT);
    await_sleepers(f, a, TINE__CH_RECEIVERS, 0);
    await_sleepers(g, b, TINE__CH_RECEIVERS, 0);
    f->destroy(a);
    g->destroy(b);
}

static bool passed(const struct timespec *t)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec > t->tv_sec || (now.tv_sec == t->tv_sec && now.tv_nsec >= t->tv_nsec);
}

/*
 * A select whose deadline passes is held up on its way out, at the lock of channel `a`, when an item
 * comes to `b` and wakes it, as the longest waiting: either it takes the item or the receiver behind
 * it does. One more item then ends the other one. False: too slow, the time was over before.
 */
static bool select_is_woken_late(const flavour *f)
{
    void *a = f->make(4), *b = f->make(4);
    uint64_t items[2];
    struct timespec deadline = in_milliseconds(200);
    selection s = {.n = 2, .deadline = &deadline};
    call k = {.f = f, .c = b};
    s.cases[0] = f->select_case(a, &items[0]);
    s.cases[1] = f->select_case(b, &items[1]);
    uint32_t *attention = &s.cases[1].hub->attention[TINE__CH_RECEIVERS];
    pthread_t t = thread_start(call_select, &s);
    while (__atomic_load_n(attention, __ATOMIC_ACQUIRE) / 2 != 1 && !passed(&deadline)) rest_ms(1);
    pthread_t u = thread_start(call_recv, &k);
    while (__atomic_load_n(attention, __ATOMIC_ACQUIRE) / 2 != 2 && !passed(&deadline)) rest_ms(1);
    bool in_time = !passed(&deadline);
    tine__ch_lock_acquire(&s.cases[0].hub->lock);
    while (!passed(&deadline)) rest_ms(1);
    rest_ms(20);
    f->send(b, 7);
    tine__ch_lock_release(&s.cases[0].hub->lock);
    thread_end(t);
    if (s.status <= TINE_CHANNEL_WAITED) f->send(b, 8);
    thread_end(u);
    if (s.status <= TINE_CHANNEL_WAITED) assert_int_equal(f->number(&items[1]), 7);
    assert_int_equal(k.v, s.status <= TINE_CHANNEL_WAITED ? 8 : 7);
    f->destroy(a);
    f->destroy(b);
    return in_time;
}

static void select_that_times_out_loses_no_wakeup(void **state)
{
    (void)state;
    const char *const names[] = {"spmc", "mpmc", "mpmc_list"};
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 20 && !select_is_woken_late(flavour_named(names[i])); k++) continue;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(receiver_is_woken_by_an_item),
        cmocka_unit_test(sender_is_woken_by_room),
        cmocka_unit_test(arrays_and_batches_wake),
        cmocka_unit_test(one_item_wakes_one),
        cmocka_unit_test(close_wakes_all),
        cmocka_unit_test(a_send_that_ends_after_the_close),
        cmocka_unit_test(a_send_to_a_list_that_ends_after_the_close),
        cmocka_unit_test(a_receive_that_ends_after_the_close),
        cmocka_unit_test(no_timeout_before_its_deadline),
        cmocka_unit_test(select_is_woken_by_each),
        cmocka_unit_test(select_and_receivers_share_wakeups),
        cmocka_unit_test(select_times_out),
        cmocka_unit_test(select_that_times_out_loses_no_wakeup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
