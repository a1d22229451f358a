/* The ways out of a program and of a thread, and signals. */
#include "byhand.h"
#include "cases.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

static uint64_t begun, released, ran;

TASK_FUNCTION(held)
static uint64_t held(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    ADD(begun, 1);
    UNTIL(GET(released) >= argument);
    ADD(ran, 1);
    return argument;
}

TASK_FUNCTION(meets)
static uint64_t meets(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    ADD(begun, 1);
    UNTIL(GET(begun) == 2);
    return argument;
}

/* Ends the process by a status that says that it has run. */
TASK_FUNCTION(last)
static uint64_t last(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    ADD(begun, 1);
    test_sleep_ms(50);
    _exit((int)argument);
}

TASK_FUNCTION(exiter)
static uint64_t exiter(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    ADD(begun, 1);
    exit((int)argument);
}

/* --- exit -------------------------------------------------------------------------------------- */

static void detached_ends_first(void)
{
    tine_frame f = tine__enter();
    spawn_heap_last(&f, 7, true);
}

static void detached_running_ends_first(void)
{
    tine_frame f = tine__enter();
    spawn_heap_last(&f, 7, true);
    UNTIL(GET(begun) == 1);
}

/* A detached task that never ends: an exit inside a task does not wait for it. */
static void exit_inside_a_task(void)
{
    tine_frame f = tine__enter();
    spawn_heap_held(&f, 1, true);
    UNTIL(GET(begun) == 1);
    tine_task *task = spawn_exiter(&f, 7);
    UNTIL(GET(begun) == 2);
    sync_exiter(&f, task);
}

/* The same where the task's parent calls it at sync: nobody else is there to take it. */
static void exit_inside_a_called_task(void)
{
    tine_frame f = tine__enter();
    spawn_heap_held(&f, 1, true);
    tine_task *task = spawn_exiter(&f, 7);
    sync_exiter(&f, task);
}

static void exit_inside_a_joined_task(void)
{
    tine_frame f = tine__enter();
    spawn_heap_held(&f, 1, true);
    UNTIL(GET(begun) == 1);
    tine_task *task = spawn_heap_exiter(&f, 7, false);
    join_exiter(&f, task);
}

static void quick_exit_with_tasks(void)
{
    tine_frame f = tine__enter();
    spawn_heap_held(&f, 1, true);
    UNTIL(GET(begun) == 1);
    quick_exit(7);
}

static void underscore_exit_with_tasks(void)
{
    tine_frame f = tine__enter();
    spawn_heap_held(&f, 1, true);
    UNTIL(GET(begun) == 1);
    _exit(7);
}

/* A handler of exit that was registered before the runtime's runs after it: tasks still work. */
static void spawn_late(void)
{
    tine_frame f = tine__enter();
    SET(released, 1);
    tine_task *task = spawn_held(&f, 1);
    CHECK(sync_held(&f, task) == 1);
    task = spawn_heap_held(&f, 1, false);
    CHECK(join_held(&f, task) == 1);
}

static void spawn_in_a_handler_of_exit(void)
{
    CHECK(atexit(spawn_late) == 0);
    spawn_late();
    CHECK(atexit(spawn_late) == 0);
}

static void *exit_in_thread(void *argument)
{
    (void)argument;
    exit(7);
}

static void exit_in_a_foreign_thread(void)
{
    tine_frame f = tine__enter();
    (void)f;
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, exit_in_thread, NULL) == 0);
    for (;;)
        pause();
}

/* In the midst of tasks that never end: exit does not wait for them. */
static void exit_beside_an_endless_task(void)
{
    tine_frame f = tine__enter();
    spawn_held(&f, 1);
    UNTIL(GET(begun) == 1);
    exit(7);
}

static void exit_in_a_foreign_thread_beside_an_endless_task(void)
{
    tine_frame f = tine__enter();
    tine_task *task = spawn_heap_held(&f, 1, false);
    UNTIL(GET(begun) == 1);
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, exit_in_thread, NULL) == 0);
    join_held(&f, task);
}

static void detached_ends_beside_an_endless_task(void)
{
    tine_frame f = tine__enter();
    spawn_held(&f, 1);
    UNTIL(GET(begun) == 1);
    spawn_heap_last(&f, 7, true);
    exit(0);
}

/* Nor for one that has not begun. */
static void exit_before_an_endless_task(void)
{
    tine_frame f = tine__enter();
    spawn_held(&f, 1);
    UNTIL(GET(begun) == 1);
    spawn_held(&f, 1);
    spawn_heap_held(&f, 1, false);
    exit(7);
}

/* Nor for a thread that goes on to spawn for ever. */
TASK_FUNCTION(brief)
static uint64_t brief(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    test_sleep_ms(1);
    return argument;
}

static void *spawn_for_ever(void *argument)
{
    (void)argument;
    tine_frame f = tine__enter();
    for (;;) {
        enum { COUNT = 64 };
        tine_task *task[COUNT];
        for (uint64_t i = 0; i < COUNT; i++)
            task[i] = i % 2 ? spawn_heap_brief(&f, i, false) : spawn_brief(&f, i);
        SET(begun, 1);
        for (uint64_t i = 0; i < COUNT; i++)
            CHECK((i % 2 ? join_brief(&f, task[i]) : sync_brief(&f, task[i])) == i);
    }
    return NULL;
}

static void exit_beside_endless_spawns(void)
{
    tine_frame f = tine__enter();
    sync_held(&f, spawn_held(&f, 0));
    for (int i = 0; i < 3; i++) {
        pthread_t thread;
        CHECK(pthread_create(&thread, NULL, spawn_for_ever, NULL) == 0);
    }
    UNTIL(GET(begun));
    test_sleep_ms(10);
}

/* Jobs that main leaves behind have its place too. */
static void jobs_meet(void)
{
    tine__enter(); /* counts */
    for (int i = 0; i < 2; i++) {
        tine_task *job = tine__pending_new(sizeof(struct capture_meets), 8);
        CHECK(job && tine__submit(NULL, job, run_meets, false));
    }
}

/* A task whose handle is lost is detached. */
static void lost_ends_first(void)
{
    tine_frame f = tine__enter();
    spawn_heap_last(&f, 7, false);
}

static void lost_running_ends_first(void)
{
    tine_frame f = tine__enter();
    spawn_heap_last(&f, 7, false);
    UNTIL(GET(begun) == 1);
}

/* Also if it then leaves others, and one that runs on another thread. */
TASK_FUNCTION(loses)
static uint64_t loses(tine_worker *worker, tine_task *top, uint64_t depth)
{
    tine_frame f = tine__frame_shared(worker, top);
    test_sleep_ms(5);
    if (depth == 0)
        spawn_heap_last(&f, 7, false);
    else
        spawn_heap_loses(&f, depth - 1, depth % 2);
    return depth;
}

static void lost_leave_lost(void)
{
    tine_frame f = tine__enter();
    spawn_heap_loses(&f, 5, false);
}

/* --- threads that end too early ---------------------------------------------------------------- */

static void *leave_a_task(void *argument)
{
    (void)argument;
    tine_frame f = tine__enter();
    spawn_held(&f, 1);
    pthread_exit(NULL);
}

static void thread_ends_with_a_task(void)
{
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, leave_a_task, NULL) == 0);
    pthread_join(thread, NULL);
}

/* Inside a task that its parent calls at sync. */
TASK_FUNCTION(leaver)
static uint64_t leaver(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top, (void)argument;
    pthread_exit(NULL);
}

static void *sync_a_leaver(void *argument)
{
    (void)argument;
    tine_frame f = tine__enter();
    sync_leaver(&f, spawn_leaver(&f, 1));
    return NULL;
}

static void thread_ends_inside_a_called_task(void)
{
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, sync_a_leaver, NULL) == 0);
    pthread_join(thread, NULL);
}

/* Inside a task, a job, or the call at a job's end, on a thread of the pool. */
static void pool_thread_ends_inside_a_task(void)
{
    tine_frame f = tine__enter();
    spawn_leaver(&f, 1);
    for (;;)
        test_sleep_ms(1000);
}

static tine_task *submit_to_pool(tine_run_fn *run)
{
    tine_task *task = tine__pending_new(sizeof(struct capture_leaver), 8);
    CHECK(task);
    ((struct capture_leaver *)tine__payload(task))->argument = 1;
    CHECK(tine__submit(NULL, task, run, false));
    return task;
}

static void pool_thread_ends_inside_a_job(void)
{
    tine__pending_wait(submit_to_pool(run_leaver), "test");
}

static void leave_the_thread(void *argument)
{
    pthread_exit(argument);
}

static void pool_thread_ends_after_a_job(void)
{
    tine_when_ended(submit_to_pool(run_held), leave_the_thread, NULL);
    SET(released, 1);
    for (;;)
        test_sleep_ms(1000);
}

static _Noreturn void *wait_for_cancel(void *argument)
{
    (void)argument;
    tine_frame f = tine__enter();
    spawn_held(&f, 1);
    SET(ran, 1);
    for (;;)
        test_sleep_ms(1000);
}

static void thread_cancelled_with_a_task(void)
{
    if (test_is_sanitized())
        test_skip("sanitizers fail at cancellation themselves");
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, wait_for_cancel, NULL) == 0);
    UNTIL(GET(ran));
    CHECK(pthread_cancel(thread) == 0);
    pthread_join(thread, NULL);
}

/* Cancelled with nothing outstanding: as any end of a thread. */
static void *use_and_wait(void *argument)
{
    tine_frame f = tine__enter();
    tine_task *task = spawn_held(&f, 0);
    sync_held(&f, task);
    SET(*(uint64_t *)argument, 1);
    while (!GET(released))
        test_sleep_ms(1000);
    return NULL;
}

static void threads_cancelled_at_rest(void)
{
    if (test_is_sanitized())
        test_skip("sanitizers fail at cancellation themselves");
    for (int i = 0; i < 100; i++) {
        pthread_t thread;
        uint64_t ready = 0;
        CHECK(pthread_create(&thread, NULL, use_and_wait, &ready) == 0);
        UNTIL(GET(ready));
        CHECK(pthread_cancel(thread) == 0);
        CHECK(pthread_join(thread, NULL) == 0);
    }
    CHECK(tine_stats(NULL, NULL, 0) <= 4);
}

/* --- signals ----------------------------------------------------------------------------------- */

static pthread_t main_thread;
static uint64_t handled, elsewhere;

static void on_signal(int number)
{
    (void)number;
    ADD(handled, 1);
    if (!pthread_equal(main_thread, pthread_self()))
        ADD(elsewhere, 1);
}

static void signals_stay_away_from_workers(void)
{
    main_thread = pthread_self();
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
    CHECK(sigaction(SIGALRM, &action, NULL) == 0);
    tine_frame f = tine__enter();
    tine_task *task[3];
    for (int i = 0; i < 3; i++)
        task[i] = spawn_held(&f, 1);
    UNTIL(GET(begun) == 3);
    for (int i = 0; i < 200; i++) {
        CHECK(kill(getpid(), i % 2 ? SIGUSR1 : SIGALRM) == 0);
        test_sleep_ms(1);
    }
    /* Blocked here, they wait: no worker takes them instead. */
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    CHECK(pthread_sigmask(SIG_BLOCK, &set, NULL) == 0);
    uint64_t before = GET(handled);
    CHECK(kill(getpid(), SIGUSR1) == 0);
    test_sleep_ms(50);
    CHECK(GET(handled) == before);
    CHECK(pthread_sigmask(SIG_UNBLOCK, &set, NULL) == 0);
    UNTIL(GET(handled) == before + 1);
    CHECK(GET(elsewhere) == 0);
    SET(released, 1);
    for (int i = 0; i < 3; i++)
        CHECK(sync_held(&f, task[i]) == 1);
}

/* A handler that interrupts spawns and waits, often. */
TASK_FUNCTION(count_up)
static uint64_t count_up(tine_worker *worker, tine_task *top, uint64_t n)
{
    if (n == 0)
        return 1;
    tine_frame f = tine__frame_shared(worker, top);
    tine_task *task = spawn_count_up(&f, n - 1);
    uint64_t sum = count_up(f.worker, f.top, n - 1);
    return sync_count_up(&f, task) + sum;
}

static void *send_signals(void *argument)
{
    (void)argument;
    sigset_t set;
    sigfillset(&set);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    while (!GET(released)) {
        kill(getpid(), SIGUSR1);
        test_sleep_ms(1);
    }
    return NULL;
}

static void signals_while_tasks_run(void)
{
    main_thread = pthread_self();
    struct sigaction action = {.sa_handler = on_signal};
    CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, send_signals, NULL) == 0);
    tine_frame f = tine__enter();
    for (int i = 0; i < (test_is_slow() ? 20 : 200); i++)
        CHECK(count_up(f.worker, f.top, 12) == 4096);
    SET(released, 1);
    CHECK(pthread_join(thread, NULL) == 0);
    CHECK(GET(elsewhere) == 0);
}

#ifndef TINE_TEST_POSIX
/* --- full stacks ------------------------------------------------------------------------------- */

TASK_FUNCTION(endless)
static uint64_t endless(tine_worker *worker, tine_task *top, uint64_t n)
{
    volatile char room[256] = {(char)n};
    if (n == UINT64_MAX)
        return 0;
    tine_frame f = tine__frame_shared(worker, top);
    tine_task *task = spawn_held(&f, 0);
    uint64_t sum = endless(f.worker, f.top, n + 1) + (uint64_t)room[0];
    return sync_held(&f, task) + sum;
}

static void full_stack(void)
{
    if (test_is_sanitized())
        test_skip("sanitizers have a message of their own");
    tine_frame f = tine__enter();
    endless(f.worker, f.top, 0);
}

/* Stacks of 64 KiB: what fits runs on every worker, and what does not says so. */
static void limit_stacks(void)
{
    struct rlimit limit;
    CHECK(getrlimit(RLIMIT_STACK, &limit) == 0);
    limit.rlim_cur = (rlim_t)64 << 10;
    CHECK(setrlimit(RLIMIT_STACK, &limit) == 0);
}

static void small_stacks(void)
{
    if (test_is_slow())
        test_skip("sanitizers and emulators need larger stacks themselves");
    limit_stacks();
    tine_frame f = tine__enter();
    for (int i = 0; i < 50; i++)
        CHECK(count_up(f.worker, f.top, 12) == 4096);
    tine_task *task[3];
    for (int i = 0; i < 3; i++)
        task[i] = spawn_held(&f, 1);
    UNTIL(GET(begun) == 3); /* by threads with such stacks */
    SET(released, 1);
    for (int i = 0; i < 3; i++)
        CHECK(sync_held(&f, task[i]) == 1);
}

static void full_small_stack(void)
{
    if (test_is_slow())
        test_skip("sanitizers and emulators need larger stacks themselves");
    limit_stacks();
    tine_frame f = tine__enter();
    tine_task *task = spawn_endless(&f, 0);
    for (;;)
        test_sleep_ms(1000);
    (void)task;
}

static void full_stack_of_a_worker(void)
{
    if (test_is_sanitized())
        test_skip("sanitizers have a message of their own");
    tine_frame f = tine__enter();
    tine_task *task = spawn_endless(&f, 0);
    for (;;)
        test_sleep_ms(1000);
    (void)task;
}
#endif

int main(int argc, char **argv)
{
    static const struct test_case cases[] = {
        {"detached_ends_first_1", detached_ends_first, "1", NULL, 7},
        {"detached_ends_first_2", detached_ends_first, "2", NULL, 7},
        {"detached_running_ends_first", detached_running_ends_first, "2", NULL, 7},
        {"exit_inside_a_task", exit_inside_a_task, "3", NULL, 7},
        {"exit_inside_a_called_task", exit_inside_a_called_task, "1", NULL, 7},
        {"exit_inside_a_joined_task", exit_inside_a_joined_task, "2", NULL, 7},
        {"quick_exit_with_tasks", quick_exit_with_tasks, "2", NULL, 7},
        {"underscore_exit_with_tasks", underscore_exit_with_tasks, "2", NULL, 7},
        {"spawn_in_a_handler_of_exit_1", spawn_in_a_handler_of_exit, "1", NULL, 0},
        {"spawn_in_a_handler_of_exit_2", spawn_in_a_handler_of_exit, "2", NULL, 0},
        {"exit_in_a_foreign_thread", exit_in_a_foreign_thread, "2", NULL, 7},
        {"exit_beside_an_endless_task", exit_beside_an_endless_task, "2", NULL, 7},
        {"exit_in_a_foreign_thread_beside_an_endless_task",
         exit_in_a_foreign_thread_beside_an_endless_task, "2", NULL, 7},
        {"detached_ends_beside_an_endless_task", detached_ends_beside_an_endless_task, "3", NULL, 7},
        {"exit_beside_endless_spawns_2", exit_beside_endless_spawns, "2", NULL, 0},
        {"exit_beside_endless_spawns_4", exit_beside_endless_spawns, "4", NULL, 0},
        {"jobs_meet", jobs_meet, "2", NULL, 0},
        {"lost_ends_first_1", lost_ends_first, "1", NULL, 7},
        {"lost_ends_first_2", lost_ends_first, "2", NULL, 7},
        {"lost_running_ends_first", lost_running_ends_first, "2", NULL, 7},
        {"lost_leave_lost_1", lost_leave_lost, "1", NULL, 7},
        {"lost_leave_lost_3", lost_leave_lost, "3", NULL, 7},
        {"exit_before_an_endless_task", exit_before_an_endless_task, "2", NULL, 7},
        {"thread_ends_with_a_task", thread_ends_with_a_task, "1", "tine: a thread ended", 0},
        {"thread_ends_inside_a_called_task", thread_ends_inside_a_called_task, "1",
         "tine: a thread ended", 0},
        {"pool_thread_ends_inside_a_task", pool_thread_ends_inside_a_task, "2",
         "tine: a thread ended", 0},
        {"pool_thread_ends_inside_a_job", pool_thread_ends_inside_a_job, "1", "tine: a thread ended", 0},
        {"pool_thread_ends_after_a_job", pool_thread_ends_after_a_job, "1", "tine: a thread ended", 0},
        {"thread_cancelled_with_a_task", thread_cancelled_with_a_task, "1", "tine: a thread ended", 0},
        {"threads_cancelled_at_rest", threads_cancelled_at_rest, "2", NULL, 0},
        {"signals_stay_away_from_workers", signals_stay_away_from_workers, "4", NULL, 0},
        {"signals_while_tasks_run", signals_while_tasks_run, "2", NULL, 0},
#ifndef TINE_TEST_POSIX /* POSIX does not tell where a stack ends */
        {"full_stack", full_stack, "2", "tine: this thread's", SIGSEGV},
        {"small_stacks", small_stacks, "4", NULL, 0},
        {"full_small_stack", full_small_stack, "2", "tine: this thread's", SIGSEGV},
        {"full_stack_of_a_worker", full_stack_of_a_worker, "2", "tine: this thread's", SIGSEGV},
#endif
    };
    return cases_main(argc, argv, cases, COUNT_OF(cases));
}
