/*
 * No memory: what init, sends, arrays and batches say then, and that nothing is lost or doubled by it.
 * The channels of this file get theirs from a malloc that fails when told to.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static int mallocs_left = -1; /* before one fails; negative: none does. Other threads read it. */

static void *scarce_malloc(size_t size)
{
    int left = __atomic_load_n(&mallocs_left, __ATOMIC_RELAXED);
    if (left == 0) return NULL;
    if (left > 0) __atomic_store_n(&mallocs_left, left - 1, __ATOMIC_RELAXED);
    return malloc(size);
}

#define malloc scarce_malloc
#include "threads.h"

static void allow(int mallocs)
{
    __atomic_store_n(&mallocs_left, mallocs, __ATOMIC_RELAXED);
}

TINE_CHANNEL_MPMC(ring, long)
TINE_CHANNEL_MPSC_LIST(mpsc_list, long)
TINE_CHANNEL_MPMC_LIST(mpmc_list, long)
#undef malloc

enum { MANY = 1000 }; /* more than two segments */

static void ring_without_memory(void **state)
{
    ring r;
    (void)state;
    allow(0);
    assert_int_equal(ring_init(&r, 10), ENOMEM);
    ring_destroy(&r); /* nothing to destroy */
    allow(-1);
    assert_int_equal(ring_init(&r, 10), 0);
    ring_destroy(&r);
}

#define LIST_TEST(list)                                                                      \
    static list##_node *list##_chain(long from, list##_node **last)                          \
    {                                                                                        \
        list##_node *first = *last = list##_node_new(from);                                  \
        for (long i = 1; i < MANY; i++) {                                                    \
            (*last)->next = list##_node_new(from + i);                                       \
            *last = (*last)->next;                                                           \
        }                                                                                    \
        return first;                                                                        \
    }                                                                                        \
    /* All that fail leave the channel as it is; then all succeed. Returns how many went in. */ \
    static long list##_refuse(list *c)                                                       \
    {                                                                                        \
        long n = 0, items[MANY];                                                             \
        allow(0);                                                                            \
        while (list##_try_send(c, n)) n++;                                                   \
        assert_int_equal(list##_send_status(c, 1, NULL), TINE_CHANNEL_NO_MEMORY);            \
        for (long i = 0; i < MANY; i++) items[i] = n + i;                                    \
        for (int left = 0; left < 3; left++) {                                               \
            allow(left);                                                                     \
            assert_int_equal(list##_try_send_n(c, items, MANY), 0);                          \
            assert_int_equal(list##_peek(c), n);                                             \
        }                                                                                    \
        allow(-1);                                                                           \
        list##_node *last, *first = list##_chain(n, &last);                                  \
        return list##_try_send_n(c, items, MANY) == MANY &&                                  \
                       list##_try_send_batch(c, first, last, MANY)                           \
                   ? n                                                                       \
                   : -1;                                                                     \
    }                                                                                        \
    static void list##_refuses_batches(list *c)                                              \
    {                                                                                        \
        long v = 0;                                                                          \
        list##_node *last, *first = list##_chain(7, &last), *got = NULL;                     \
        allow(0);                                                                            \
        assert_null(list##_node_new(1));                                                     \
        assert_false(list##_try_send_batch(c, first, last, MANY));                           \
        allow(-1);                                                                           \
        assert_true(list##_try_send_batch(c, first, last, MANY)); /* it came back whole */   \
        allow(2);                                                                            \
        assert_int_equal(list##_try_recv_batch(c, &got, &last), 2);                          \
        allow(-1);                                                                           \
        assert_int_equal(got->item, 7);                                                      \
        assert_int_equal(last->item, 8);                                                     \
        free(got);                                                                           \
        free(last);                                                                          \
        for (long i = 2; i < MANY; i++) {                                                    \
            assert_true(list##_try_recv(c, &v));                                             \
            assert_int_equal(v, 7 + i);                                                      \
        }                                                                                    \
        assert_false(list##_try_recv(c, &v));                                                \
    }                                                                                        \
    static void list##_without_memory(void **state)                                          \
    {                                                                                        \
        list c;                                                                              \
        long v;                                                                              \
        (void)state;                                                                         \
        allow(0);                                                                            \
        assert_int_equal(list##_init(&c), ENOMEM);                                           \
        list##_destroy(&c);                                                                  \
        allow(-1);                                                                           \
        assert_int_equal(list##_init(&c), 0);                                                \
        long n = list##_refuse(&c);                                                          \
        assert_true(n > 0);                                                                  \
        for (long i = 0; i < n + 2 * MANY; i++) {                                            \
            assert_true(list##_try_recv(&c, &v));                                            \
            assert_int_equal(v, i < n + MANY ? i : i - MANY);                                \
        }                                                                                    \
        assert_false(list##_try_recv(&c, &v));                                               \
        list##_destroy(&c);                                                                  \
        assert_int_equal(list##_init(&c), 0);                                                \
        list##_refuses_batches(&c);                                                          \
        list##_destroy(&c);                                                                  \
    }
LIST_TEST(mpsc_list)
LIST_TEST(mpmc_list)

static void *send_one(void *c)
{
    return mpmc_list_send((mpmc_list *)c, -1) ? c : NULL;
}

static void send_waits_for_memory(void **state)
{
    mpmc_list c;
    long n = 0, v;
    void *waited;
    (void)state;
    assert_int_equal(mpmc_list_init(&c), 0);
    allow(0);
    while (mpmc_list_try_send(&c, n)) n++;
    pthread_t t = thread_start(send_one, &c);
    rest_ms(50);
    assert_int_equal(mpmc_list_peek(&c), n);
    allow(-1);
    if (pthread_join(t, &waited) != 0) abort();
    for (long i = 0; i < n; i++) {
        assert_true(mpmc_list_try_recv(&c, &v));
        assert_int_equal(v, i);
    }
    assert_true(mpmc_list_try_recv(&c, &v));
    assert_int_equal(v, -1);
    assert_true(waited != NULL);
    mpmc_list_destroy(&c);
}

static void select_without_memory(void **state)
{
    ring r;
    long v;
    size_t which;
    struct timespec soon = in_milliseconds(5);
    tine_select_case cases[TINE__CH_SELECT_SMALL + 1];
    (void)state;
    assert_int_equal(ring_init(&r, 1), 0);
    for (int i = 0; i <= TINE__CH_SELECT_SMALL; i++) cases[i] = ring_case(&r, &v);
    allow(0);
    assert_int_equal(tine_select(cases, TINE__CH_SELECT_SMALL, &which, &soon),
                     TINE_CHANNEL_TIMED_OUT);
    assert_int_equal(tine_select(cases, TINE__CH_SELECT_SMALL + 1, &which, NULL),
                     TINE_CHANNEL_NO_MEMORY);
    allow(-1);
    ring_destroy(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ring_without_memory),   cmocka_unit_test(mpsc_list_without_memory),
        cmocka_unit_test(mpmc_list_without_memory), cmocka_unit_test(send_waits_for_memory),
        cmocka_unit_test(select_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
