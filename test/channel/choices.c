/*
 * Tasks on few workers that select, some with deadlines, and must not cost a worker while they sleep.
 * Built with -Werror: what tine_select does is fit for tasks, as far as the translator looks.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <time.h>

#include <tine.h>
#include <tine/channel.h>

enum { SERVERS = 20, CLIENTS = 20, REQUESTS = 40 };

TINE_CHANNEL_MPMC(requests, long)
TINE_CHANNEL_MPSC_LIST(answers, long)
TINE_CHANNEL_MPMC(stop, char)

static requests asked;
static answers given;
static stop end;

static struct timespec in_300_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_sec += t.tv_nsec >= 999700000;
    t.tv_nsec = (t.tv_nsec + 300000) % 1000000000;
    return t;
}

static void serve(int i)
{
    long v;
    char sign;
    size_t which;
    for (;;) {
        struct timespec soon = in_300_us();
        tine_select_case cases[] = {requests_case(&asked, &v), stop_case(&end, &sign)};
        tine_channel_status status = tine_select(cases, 2, &which, i % 3 ? NULL : &soon);
        if (status == TINE_CHANNEL_CLOSED) return;
        if (status <= TINE_CHANNEL_WAITED) answers_send(&given, 2 * v);
    }
}

static void ask(int i)
{
    for (long k = 0; k < REQUESTS; k++) requests_send(&asked, i * REQUESTS + k);
}

static void collect(long *sum)
{
    for (long i = 0, v; i < CLIENTS * REQUESTS; i++) {
        answers_recv(&given, &v);
        *sum += v;
    }
    stop_close(&end);
}

int main(void)
{
    const long n = CLIENTS * REQUESTS;
    long sum = 0;
    if (requests_init(&asked, 3) != 0 || answers_init(&given) != 0 || stop_init(&end, 1) != 0) return 1;
    sync_scope {
        for (int i = 0; i < SERVERS; i++) spawn serve(i);
        for (int i = 0; i < CLIENTS; i++) spawn ask(i);
        spawn collect(&sum);
    }
    requests_destroy(&asked);
    answers_destroy(&given);
    stop_destroy(&end);
    printf("%ld\n", sum);
    return sum == n * (n - 1) ? 0 : 1;
}
