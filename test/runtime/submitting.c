/* tine_submit: jobs that start in order, never on the thread that submits, and whose waiter is
 * replaced. */
#include "byhand.h"
#include "cases.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

static uint64_t begun, released, order[1000];
static pthread_t submitter;

TASK_FUNCTION(job)
static uint64_t job(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    order[ADD(begun, 1) - 1] = argument;
    CHECK(!pthread_equal(submitter, pthread_self()));
    return argument + 1;
}

TASK_FUNCTION(held)
static uint64_t held(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    ADD(begun, 1);
    UNTIL(GET(released) >= argument);
    return argument;
}

#define DEFINE_SUBMIT(f) \
    static tine_task *submit_##f(uint64_t argument, bool detached) \
    { \
        tine_task *task = tine__pending_new(sizeof(struct capture_##f), 8); \
        CHECK(task); \
        ((struct capture_##f *)tine__payload(task))->argument = argument; \
        CHECK(tine__submit(NULL, task, run_##f, detached)); \
        return task; \
    } \
    __attribute__((unused)) static uint64_t wait_##f(tine_task *task) \
    { \
        tine__pending_wait(task, "test"); \
        uint64_t result = ((struct capture_##f *)tine__payload(task))->result; \
        tine__pending_free(task); \
        return result; \
    }

DEFINE_SUBMIT(job)
DEFINE_SUBMIT(held)

/* With one thread that runs jobs, in the very order; the queue is filled before it starts. */
static void in_order(void)
{
    submitter = pthread_self();
    tine_task *first = submit_held(1, false);
    UNTIL(GET(begun) == 1);
    SET(begun, 0);
    tine_task *task[COUNT_OF(order)];
    for (uint64_t i = 0; i < COUNT_OF(order); i++)
        task[i] = submit_job(i, false);
    SET(released, 1);
    CHECK(wait_held(first) == 1);
    for (uint64_t i = 0; i < COUNT_OF(order); i++) {
        CHECK(wait_job(task[i]) == i + 1);
        CHECK(order[i] == i);
    }
}

static void never_on_the_caller(void)
{
    submitter = pthread_self();
    tine_frame f = tine__enter();
    tine_task *task[COUNT_OF(order)];
    for (uint64_t i = 0; i < COUNT_OF(order); i++)
        task[i] = submit_job(i, i % 2);
    tine_sync_all(); /* which helps, but not with these */
    for (uint64_t i = 0; i < COUNT_OF(order); i += 2)
        CHECK(wait_job(task[i]) == i + 1);
    CHECK(GET(begun) == COUNT_OF(order));
    (void)f;
}

/* Every worker is busy: the submitter goes on. */
static void does_not_wait(void)
{
    tine_task *task[8];
    for (int i = 0; i < 8; i++)
        task[i] = submit_held(1, false);
    for (int i = 0; i < 8; i++)
        CHECK(!tine__pending_ready(task[i], "test"));
    SET(released, 1);
    for (int i = 0; i < 8; i++)
        CHECK(wait_held(task[i]) == 1);
}

/* A job submits another and waits for it, to a depth, while the starter computes or polls. */
TASK_FUNCTION(chain)
DEFINE_SUBMIT(chain)
static uint64_t chain(tine_worker *worker, tine_task *top, uint64_t depth)
{
    (void)worker, (void)top;
    return depth == 0 ? 0 : wait_chain(submit_chain(depth - 1, false)) + 1;
}

static void chain_while_the_starter_polls(void)
{
    tine_frame f = tine__enter(); /* counts in N */
    (void)f;
    tine_task *task = submit_chain(30, false);
    UNTIL(tine__pending_ready(task, "test"));
    CHECK(wait_chain(task) == 30);
}

/* A job polls for another one, on the only thread that runs jobs. */
TASK_FUNCTION(polls)
DEFINE_SUBMIT(polls)
static uint64_t polls(tine_worker *worker, tine_task *top, uint64_t depth)
{
    (void)worker, (void)top;
    if (depth == 0)
        return 0;
    tine_task *task = submit_polls(depth - 1, false);
    while (!tine__pending_ready(task, "test"))
        ;
    return wait_polls(task) + 1;
}

static void jobs_that_poll_for_jobs(void)
{
    CHECK(wait_polls(submit_polls(10, false)) == 10);
}

/* A task of the pool waits for a job; its worker is replaced. */
TASK_FUNCTION(waiter)
static uint64_t waiter(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    return wait_chain(submit_chain(argument, false));
}

static void tasks_that_wait_for_jobs(void)
{
    tine_frame f = tine__enter();
    tine_task *task[20];
    for (uint64_t i = 0; i < COUNT_OF(task); i++)
        task[i] = spawn_waiter(&f, i);
    for (uint64_t i = COUNT_OF(task); i-- > 0;)
        CHECK(sync_waiter(&f, task[i]) == i);
}

/* What was detached has run before the program ends: see the case's status. */
TASK_FUNCTION(slow_exit)
DEFINE_SUBMIT(slow_exit)
static uint64_t slow_exit(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    test_sleep_ms(100);
    _exit((int)argument);
}

static void detached_runs_before_exit(void)
{
    submit_slow_exit(7, true);
}

/* The notification, through a pipe, as an event loop uses it. */
static int notice[2];

static void notify(void *argument)
{
    char byte = (char)(uintptr_t)argument;
    CHECK(write(notice[1], &byte, 1) == 1);
}

static void notification(void)
{
    CHECK(pipe(notice) == 0);
    submitter = pthread_self();
    for (unsigned i = 1; i <= 100; i++) {
        tine_task *task = submit_job(i, false);
        if (i % 3 == 0)
            UNTIL(tine__pending_ready(task, "test")); /* then it comes at once */
        tine_when_ended(task, notify, (void *)(uintptr_t)i);
        struct pollfd ready = {.fd = notice[0], .events = POLLIN};
        CHECK(poll(&ready, 1, -1) == 1);
        char byte;
        CHECK(read(notice[0], &byte, 1) == 1 && byte == (char)i);
        CHECK(tine__pending_ready(task, "test"));
        CHECK(wait_job(task) == i + 1);
    }
}

/* Waiting before the call is made. */
static uint64_t calls;

static void count_call(void *argument)
{
    (void)argument;
    ADD(calls, 1);
}

static void notification_and_wait(void)
{
    submitter = pthread_self();
    uint64_t count = test_is_slow() ? 50 : 500;
    for (uint64_t i = 0; i < count; i++) {
        tine_task *task = submit_job(i, false);
        tine_when_ended(task, count_call, NULL);
        CHECK(wait_job(task) == i + 1);
        SET(begun, 0);
    }
    UNTIL(GET(calls) == count);
}

static void notification_twice(void)
{
    tine_task *task = submit_held(1, false);
    tine_when_ended(task, count_call, NULL);
    tine_when_ended(task, count_call, NULL);
}

/* exit in the call: the job that has just ended is not waited for. */
static void leave(void *status)
{
    exit((int)(intptr_t)status);
}

static void exit_in_a_notification(void)
{
    tine_when_ended(submit_held(1, false), leave, (void *)(intptr_t)7);
    SET(released, 1);
    for (;;)
        pause();
}

/* The call is set while the job is queued, and the job spawns. */
TASK_FUNCTION(leaf)
static uint64_t leaf(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    ADD(calls, 1);
    return argument;
}

TASK_FUNCTION(parent)
DEFINE_SUBMIT(parent)
static uint64_t parent(tine_worker *worker, tine_task *top, uint64_t argument)
{
    tine_frame f = tine__frame_shared(worker, top);
    tine_task *task = spawn_heap_leaf(&f, argument, false);
    spawn_heap_leaf(&f, argument, true);
    return join_leaf(&f, task);
}

static void notification_of_a_job_that_spawns(void)
{
    tine_task *first = submit_held(1, false), *task[20];
    for (uint64_t i = 0; i < COUNT_OF(task); i++) {
        task[i] = submit_parent(i, false);
        tine_when_ended(task[i], count_call, NULL);
    }
    SET(released, 1);
    CHECK(wait_held(first) == 1);
    for (uint64_t i = 0; i < COUNT_OF(task); i++)
        CHECK(wait_parent(task[i]) == i);
    tine_sync_all();
    UNTIL(GET(calls) == 3 * COUNT_OF(task));
}

int main(int argc, char **argv)
{
    static const struct test_case cases[] = {
        {"in_order", in_order, "1", NULL, 0},
        {"never_on_the_caller_1", never_on_the_caller, "1", NULL, 0},
        {"never_on_the_caller_4", never_on_the_caller, "4", NULL, 0},
        {"does_not_wait", does_not_wait, "2", NULL, 0},
        {"chain_while_the_starter_polls_1", chain_while_the_starter_polls, "1", NULL, 0},
        {"chain_while_the_starter_polls_2", chain_while_the_starter_polls, "2", NULL, 0},
        {"jobs_that_poll_for_jobs_1", jobs_that_poll_for_jobs, "1", NULL, 0},
        {"jobs_that_poll_for_jobs_2", jobs_that_poll_for_jobs, "2", NULL, 0},
        {"tasks_that_wait_for_jobs_1", tasks_that_wait_for_jobs, "1", NULL, 0},
        {"tasks_that_wait_for_jobs_2", tasks_that_wait_for_jobs, "2", NULL, 0},
        {"detached_runs_before_exit", detached_runs_before_exit, "2", NULL, 7},
        {"notification", notification, "2", NULL, 0},
        {"notification_of_a_job_that_spawns", notification_of_a_job_that_spawns, "1", NULL, 0},
        {"notification_and_wait", notification_and_wait, "2", NULL, 0},
        {"notification_twice", notification_twice, "2", "tine: tine_when_ended: called twice", 0},
        {"exit_in_a_notification", exit_in_a_notification, "2", NULL, 7},
    };
    return cases_main(argc, argv, cases, COUNT_OF(cases));
}
