/*
 * What debug builds catch, each in a child process: it must abort and say why. Also that a program
 * with other people's errors says so in builds without debug checks where it always does.
 */
#define TINE_CHANNEL_DEBUG 1
#define _GNU_SOURCE
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "threads.h"

TINE_CHANNEL_SPSC(numbers, int)
TINE_CHANNEL_SPMC(shared, int)

typedef struct letter {
    struct letter *next;
} letter;
TINE_CHANNEL_MPSC_INTRUSIVE(mail, letter, next)

static numbers c;
static shared s;

static void *send_one(void *arg)
{
    numbers_send(&c, 1);
    return arg;
}

static void *recv_one(void *arg)
{
    int v;
    numbers_recv(&c, &v);
    return arg;
}

/* Until the thread is inside the operation. */
static void await_busy(numbers *n, int side)
{
    while (!__atomic_load_n(&n->core.hub.busy[side], __ATOMIC_ACQUIRE)) rest_ms(1);
}

static void two_producers(void)
{
    numbers_init(&c, 1);
    numbers_send(&c, 1);
    thread_start(send_one, NULL);
    await_busy(&c, TINE__CH_SENDERS);
    numbers_try_send(&c, 2);
}

static void two_consumers(void)
{
    numbers_init(&c, 1);
    thread_start(recv_one, NULL);
    await_busy(&c, TINE__CH_RECEIVERS);
    int v;
    numbers_try_recv(&c, &v);
}

static void send_after_destroy(void)
{
    numbers_init(&c, 1);
    numbers_destroy(&c);
    numbers_try_send(&c, 1);
}

static void close_after_destroy(void)
{
    shared_init(&s, 1);
    shared_destroy(&s);
    shared_close(&s);
}

static void use_before_init(void)
{
    static numbers fresh;
    int v;
    numbers_try_recv(&fresh, &v);
}

static size_t selected(void)
{
    int v;
    size_t which;
    tine_select_case cases[] = {numbers_case(&c, &v)};
    tine_select(cases, 1, &which, NULL);
    return which;
}

static void *select_one(void *arg)
{
    selected();
    return arg;
}

static void second_consumer_by_select(void)
{
    numbers_init(&c, 1);
    thread_start(recv_one, NULL);
    await_busy(&c, TINE__CH_RECEIVERS);
    selected();
}

static void second_consumer_beside_select(void)
{
    int v;
    numbers_init(&c, 1);
    thread_start(select_one, NULL);
    await_busy(&c, TINE__CH_RECEIVERS);
    numbers_try_recv(&c, &v);
}

static void select_before_init(void)
{
    selected();
}

static void select_after_destroy(void)
{
    numbers_init(&c, 1);
    numbers_send(&c, 1);
    numbers_destroy(&c);
    selected();
}

static void peek_after_destroy(void)
{
    numbers_init(&c, 1);
    numbers_destroy(&c);
    numbers_peek(&c);
}

static void capacity_before_init(void)
{
    numbers_capacity(&c);
}

static void closed_after_destroy(void)
{
    mail m;
    mail_init(&m);
    mail_destroy(&m);
    mail_closed(&m);
}

static void destroy_twice(void)
{
    numbers_init(&c, 1);
    numbers_destroy(&c);
    numbers_destroy(&c);
}

static void destroy_with_waiters(void)
{
    numbers_init(&c, 1);
    thread_start(recv_one, NULL);
    while (__atomic_load_n(&c.core.hub.attention[TINE__CH_RECEIVERS], __ATOMIC_ACQUIRE) < 2)
        rest_ms(1);
    numbers_destroy(&c);
}

static void drop_number(void *item, void *arg)
{
    (void)item, (void)arg;
}

/* Dropping what is left would make room for the sender, and wake it. */
static void destroy_with_a_waiting_sender(void)
{
    tine_channel_options options;
    memset(&options, 0, sizeof options);
    options.drop = drop_number;
    numbers_init_with(&c, 1, &options);
    numbers_send(&c, 1);
    thread_start(send_one, NULL);
    while (__atomic_load_n(&c.core.hub.attention[TINE__CH_SENDERS], __ATOMIC_ACQUIRE) < 2)
        rest_ms(1);
    numbers_destroy(&c);
}

static void overwrite_where_it_blocks(void)
{
    int v;
    numbers_init(&c, 1);
    numbers_send_over(&c, 1, &v);
}

static void null_item(void)
{
    mail m;
    mail_init(&m);
    mail_send(&m, NULL);
}

static void wrong_batch_count(void)
{
    mail m;
    letter a, b;
    a.next = &b;
    mail_init(&m);
    mail_try_send_batch(&m, &a, &b, 3);
}

static const struct {
    void (*run)(void);
    const char *says;
} cases[] = {
    {two_producers, "channel numbers: two producers at once on a single-producer channel"},
    {two_consumers, "channel numbers: two consumers at once on a single-consumer channel"},
    {send_after_destroy, "channel numbers: used after destroy"},
    {close_after_destroy, "channel shared: used after destroy"},
    {use_before_init, "used before init"},
    {second_consumer_by_select,
     "channel numbers: two consumers at once on a single-consumer channel"},
    {second_consumer_beside_select,
     "channel numbers: two consumers at once on a single-consumer channel"},
    {select_before_init, "used before init"},
    {select_after_destroy, "channel numbers: used after destroy"},
    {peek_after_destroy, "channel numbers: used after destroy"},
    {capacity_before_init, "used before init"},
    {closed_after_destroy, "channel mail: used after destroy"},
    {destroy_twice, "channel numbers: destroyed twice"},
    {destroy_with_waiters, "channel numbers: destroyed while threads wait in it"},
    {destroy_with_a_waiting_sender, "channel numbers: destroyed while threads wait in it"},
    {overwrite_where_it_blocks,
     "channel numbers: send_over needs a channel made by init_overwrite"},
    {null_item, "channel mail: NULL sent"},
    {wrong_batch_count, "channel mail: batch of another length than its count"},
};

static bool dies_saying(void (*run)(void), const char *says)
{
    int ends[2], status;
    char text[4096];
    size_t n = 0;
    ssize_t got;
    if (pipe(ends) != 0) abort();
    pid_t child = fork();
    if (child == 0) {
        struct rlimit none = {0, 0};
        setrlimit(RLIMIT_CORE, &none);
        dup2(ends[1], 2);
        alarm(20);
        run();
        _exit(0);
    }
    close(ends[1]);
    while ((got = read(ends[0], text + n, sizeof text - 1 - n)) > 0) n += (size_t)got;
    text[n] = 0;
    close(ends[0]);
    waitpid(child, &status, 0);
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT && strstr(text, says)) return true;
    fprintf(stderr, "misuse: wanted an abort with «%s», got status %d and «%s»\n", says, status,
            text);
    return false;
}

int main(void)
{
    int failed = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (!dies_saying(cases[i].run, cases[i].says)) failed = 1;
    return failed;
}
