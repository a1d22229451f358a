/* Who runs what: no starvation, no thread too many, and sizes far beyond any fixed capacity. */
#include "byhand.h"
#include "cases.h"

#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static uint64_t begun, released, ended;

/* Says that it has begun, and ends when it is let go. */
TASK_FUNCTION(held)
static uint64_t held(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    ADD(begun, 1);
    UNTIL(GET(released) >= argument);
    ADD(ended, 1);
    return argument;
}

TASK_FUNCTION(quick)
static uint64_t quick(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    ADD(ended, 1);
    return argument + 1;
}

/* --- no starvation ----------------------------------------------------------------------------- */

static void lone_task(void)
{
    tine_frame f = tine__enter();
    tine_task *task = spawn_held(&f, 0);
    UNTIL(GET(ended) == 1);
    CHECK(sync_held(&f, task) == 0);
}

static void lone_heap_task(void)
{
    tine_frame f = tine__enter();
    tine_task *task = spawn_heap_held(&f, 0, false);
    UNTIL(GET(ended) == 1);
    CHECK(join_held(&f, task) == 0);
}

/* All of several tasks start, not the first alone. */
static void several_tasks(void)
{
    tine_frame f = tine__enter();
    tine_task *task[3];
    for (int i = 0; i < 3; i++)
        task[i] = spawn_held(&f, 1);
    UNTIL(GET(begun) == 3);
    SET(released, 1);
    for (int i = 0; i < 3; i++)
        CHECK(sync_held(&f, task[i]) == 1);
}

/* The only other worker is busy at the spawn, and becomes idle later. */
static void worker_busy_at_the_spawn(void)
{
    tine_frame f = tine__enter();
    tine_task *first = spawn_held(&f, 1);
    UNTIL(GET(begun) == 1);
    tine_task *second = spawn_held(&f, 1);
    test_sleep_ms(20);
    SET(released, 1);
    UNTIL(GET(ended) == 2);
    CHECK(sync_held(&f, second) == 1);
    CHECK(sync_held(&f, first) == 1);
}

/* The pool has gone to sleep in between. */
static void worker_asleep_at_the_spawn(void)
{
    tine_frame f = tine__enter();
    for (uint64_t i = 1; i <= 20; i++) {
        tine_task *task = spawn_held(&f, 0);
        UNTIL(GET(ended) == i);
        CHECK(sync_held(&f, task) == 0);
        test_sleep_ms(5);
    }
}

static uint64_t seen;

TASK_FUNCTION(see)
static uint64_t see(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    SET(seen, 1);
    return argument;
}

TASK_FUNCTION(spawner)
static uint64_t spawner(tine_worker *worker, tine_task *top, uint64_t argument)
{
    tine_frame f = tine__frame_shared(worker, top);
    tine_task *task = spawn_see(&f, argument);
    UNTIL(GET(seen));
    return sync_see(&f, task);
}

/* A sync out of order leaves a hole; when the hole goes with the task after it, the next spawn lies
 * below where thieves looked last. */
static void below_a_hole_that_went(void)
{
    tine_frame f = tine__enter();
    tine_task *first = spawn_held(&f, 0);
    UNTIL(GET(ended) == 1);
    tine_task *busy = spawn_heap_held(&f, 1, false); /* lest the pool take the second one */
    UNTIL(GET(begun) == 2);
    tine_task *second = spawn_spawner(&f, 1);
    CHECK(sync_held(&f, first) == 0);
    SET(released, 1);
    UNTIL(GET(ended) == 2);
    CHECK(sync_spawner(&f, second) == 1);
    CHECK(join_held(&f, busy) == 1);
}

/* A task leaves a detached one behind on the thread that ran it. */
TASK_FUNCTION(leaver)
static uint64_t leaver(tine_worker *worker, tine_task *top, uint64_t argument)
{
    tine_frame f = tine__frame_shared(worker, top);
    for (uint64_t i = 0; i < argument; i++)
        spawn_heap_quick(&f, i, true);
    ADD(begun, 1);
    return argument;
}

static void left_behind_by_a_task(void)
{
    tine_frame f = tine__enter();
    tine_task *task = spawn_leaver(&f, 3);
    UNTIL(GET(begun) == 1);
    UNTIL(GET(ended) == 3);
    CHECK(sync_leaver(&f, task) == 3);
}

static void left_behind_by_a_job(void)
{
    tine_task *task = tine__pending_new(sizeof(struct capture_leaver), 8);
    ((struct capture_leaver *)tine__payload(task))->argument = 3;
    CHECK(tine__submit(NULL, task, run_leaver, false));
    UNTIL(GET(ended) == 3);
    tine__pending_wait(task, "test");
    tine__pending_free(task);
}

/* --- threads come and go ----------------------------------------------------------------------- */

static void *spawn_and_end(void *argument)
{
    (void)argument;
    tine_frame f = tine__enter();
    tine_task *task = spawn_quick(&f, 1);
    CHECK(sync_quick(&f, task) == 2);
    return NULL;
}

static void *spawn_and_wait(void *argument)
{
    spawn_and_end(NULL);
    SET(*(uint64_t *)argument, 1);
    UNTIL(GET(released));
    return NULL;
}

/* The thread that started the executor counts in N; when it ends another may take its place, also
 * for tasks of a thread that had no reason to wake anyone before. */
static void starter_ends(void)
{
    uint64_t ready = 0;
    pthread_t starter;
    CHECK(pthread_create(&starter, NULL, spawn_and_wait, &ready) == 0);
    UNTIL(GET(ready));
    tine_frame f = tine__enter();
    tine_task *busy = spawn_held(&f, 2);
    UNTIL(GET(begun) == 1);
    tine_task *other = spawn_held(&f, 2); /* finds nobody to wake */
    SET(released, 1);
    CHECK(pthread_join(starter, NULL) == 0);
    UNTIL(GET(begun) == 2);
    SET(released, 2);
    CHECK(sync_held(&f, other) == 2);
    CHECK(sync_held(&f, busy) == 2);
}

/* More workers are asked for while tasks are pending and their parent calls nothing. */
static void workers_are_added(void)
{
    tine_frame f = tine__enter();
    tine_task *task[2];
    for (int i = 0; i < 2; i++)
        task[i] = spawn_held(&f, 1);
    test_sleep_ms(20);
    CHECK(tine_executor_set_workers(NULL, 3) == 0);
    UNTIL(GET(begun) == 2);
    CHECK(tine_executor_workers(NULL) == 3);
    SET(released, 1);
    for (int i = 0; i < 2; i++)
        CHECK(sync_held(&f, task[i]) == 1);
}

static void foreign_threads(void)
{
    enum { ROUNDS = 400, AT_ONCE = 8 };
    unsigned rounds = test_is_slow() ? 40 : ROUNDS;
    unsigned long before = 0;
    for (unsigned i = 0; i < rounds; i++) {
        pthread_t thread[AT_ONCE];
        for (int t = 0; t < AT_ONCE; t++)
            CHECK(pthread_create(&thread[t], NULL, spawn_and_end, NULL) == 0);
        for (int t = 0; t < AT_ONCE; t++)
            CHECK(pthread_join(thread[t], NULL) == 0);
        if (i == rounds / 4)
            before = test_resident_kib();
    }
    /* Their workers are used again: as many as lived at once, and the pool's. */
    CHECK(tine_stats(NULL, NULL, 0) <= AT_ONCE + 3);
    CHECK(test_is_slow() || test_resident_kib() < before + 4096);
}

static void *detach_and_end(void *argument)
{
    (void)argument;
    tine_frame f = tine__enter();
    spawn_heap_quick(&f, 1, true);
    return NULL;
}

/* What a thread has detached still runs when it has gone. */
static void foreign_threads_detach(void)
{
    unsigned count = test_is_slow() ? 50 : 500;
    for (unsigned i = 0; i < count; i++) {
        pthread_t thread;
        CHECK(pthread_create(&thread, NULL, detach_and_end, NULL) == 0);
        CHECK(pthread_join(thread, NULL) == 0);
    }
    tine_sync_all();
    CHECK(GET(ended) == count);
}

/* --- one worker -------------------------------------------------------------------------------- */

TASK_FUNCTION(fib)
static uint64_t fib(tine_worker *worker, tine_task *top, uint64_t n)
{
    if (n < 2)
        return n;
    tine_frame f = tine__frame_shared(worker, top);
    tine_task *task = spawn_fib(&f, n - 1);
    uint64_t second = fib(f.worker, f.top, n - 2);
    return sync_fib(&f, task) + second;
}

static void one_worker_makes_no_thread(void)
{
    tine_frame f = tine__enter();
    CHECK(fib(f.worker, f.top, 20) == 6765);
    tine_task *task = spawn_heap_quick(&f, 1, false);
    while (!tine__is_ready(&f, task, "test"))
        ;
    CHECK(join_quick(&f, task) == 2);
    tine_scope scope;
    tine__scope_begin(&scope, f.worker, f.top);
    for (int i = 0; i < 100; i++)
        spawn_heap_quick(&f, 1, true);
    tine__scope_end(&scope);
    CHECK(GET(ended) == 101);
    spawn_heap_quick(&f, 1, true);
    tine_sync_all();
    CHECK(GET(ended) == 102);
    CHECK(test_threads() == 1);
}

/* Tasks from before the scope are synced in it, so that the queue is shorter than at its begin. */
static void one_worker_scope_over_older_tasks(void)
{
    tine_frame f = tine__enter();
    tine_task *first = spawn_heap_quick(&f, 1, false), *second = spawn_heap_quick(&f, 2, false);
    tine_scope scope;
    tine__scope_begin(&scope, f.worker, f.top);
    CHECK(join_quick(&f, second) == 3);
    CHECK(join_quick(&f, first) == 2);
    spawn_heap_quick(&f, 1, true);
    tine__scope_end(&scope);
    CHECK(GET(ended) == 3);
    CHECK(test_threads() == 1);
}

/* --- sizes ------------------------------------------------------------------------------------- */

/* As the translator does it: stack tasks while the activation has room, heap tasks from then on. */
static void million_pending(void)
{
    size_t count = test_is_slow() ? 50000 : 1000000;
    tine_frame f = tine__enter();
    tine_task **task = malloc(count * sizeof *task);
    CHECK(task);
    for (size_t i = 0; i < count; i++)
        task[i] = tine__room(&f) ? spawn_quick(&f, i) : spawn_heap_quick(&f, i, false);
    for (size_t i = 0; i < count; i++)
        CHECK((tine__on_stack(task[i]) ? sync_quick(&f, task[i]) : join_quick(&f, task[i])) == i + 1);
    CHECK(GET(ended) == count);
    free(task);
}

static void million_detached(void)
{
    size_t count = test_is_slow() ? 50000 : 1000000;
    tine_frame f = tine__enter();
    tine_scope scope;
    tine__scope_begin(&scope, f.worker, f.top);
    for (size_t i = 0; i < count; i++)
        spawn_heap_quick(&f, i, true);
    tine__scope_end(&scope);
    CHECK(GET(ended) == count);
}

/* A worker has left a long line, and does not come back to it before all of it has run: who waits for the
 * scope, or for the worker's task, takes each from where it took the last. Else, a million times half a
 * million looks take minutes. */
TASK_FUNCTION(long_line)
static uint64_t long_line(tine_worker *worker, tine_task *top, uint64_t count)
{
    tine_frame f = tine__frame_shared(worker, top);
    for (uint64_t i = 0; i < count; i++)
        spawn_heap_quick(&f, i, true);
    SET(begun, 1);
    UNTIL(GET(ended) == count);
    return count;
}

static void long_line_in_a_scope(void)
{
    uint64_t count = test_is_slow() ? 20000 : 1000000;
    tine_frame f = tine__enter();
    tine_scope scope;
    tine__scope_begin(&scope, f.worker, f.top);
    spawn_heap_long_line(&f, count, true);
    UNTIL(GET(begun) == 1);
    tine__scope_end(&scope);
    CHECK(GET(ended) == count);
}

static void long_line_of_an_awaited_task(void)
{
    uint64_t count = test_is_slow() ? 20000 : 1000000;
    tine_frame f = tine__enter();
    tine_task *task = spawn_long_line(&f, count);
    UNTIL(GET(begun) == 1);
    CHECK(sync_long_line(&f, task) == count);
}

TASK_FUNCTION(deep)
static uint64_t deep(tine_worker *worker, tine_task *top, uint64_t depth)
{
    if (depth == 0)
        return 0;
    tine_frame f = tine__frame_shared(worker, top);
    tine_task *task = spawn_deep(&f, depth - 1);
    return sync_deep(&f, task) + 1;
}

TASK_FUNCTION(deep_heap)
static uint64_t deep_heap(tine_worker *worker, tine_task *top, uint64_t depth)
{
    if (depth == 0)
        return 0;
    tine_frame f = tine__frame_shared(worker, top);
    tine_task *task = spawn_heap_deep_heap(&f, depth - 1, false);
    return join_deep_heap(&f, task) + 1;
}

static void recursion(void)
{
    uint64_t depth = test_is_slow() ? 2000 : 20000;
    tine_frame f = tine__enter();
    for (int i = 0; i < 5; i++) {
        tine_task *task = spawn_deep(&f, depth);
        CHECK(sync_deep(&f, task) == depth);
        task = spawn_heap_deep_heap(&f, depth, false);
        CHECK(join_deep_heap(&f, task) == depth);
    }
}

static void recursion_on_a_large_stack(void)
{
    if (test_is_slow() || sizeof(void *) < 8)
        test_skip("frames or address space of another size");
    struct rlimit limit;
    CHECK(getrlimit(RLIMIT_STACK, &limit) == 0);
    limit.rlim_cur = (rlim_t)64 << 20;
    if (setrlimit(RLIMIT_STACK, &limit) != 0)
        return; /* not allowed here */
    tine_frame f = tine__enter();
    tine_task *task = spawn_deep(&f, 100000);
    CHECK(sync_deep(&f, task) == 100000);
    task = spawn_heap_deep_heap(&f, 100000, false);
    CHECK(join_deep_heap(&f, task) == 100000);
}

/* --- idle -------------------------------------------------------------------------------------- */

static void idle_pool_sleeps(void)
{
    tine_frame f = tine__enter();
    CHECK(fib(f.worker, f.top, 20) == 6765);
    lone_heap_task();
    test_sleep_ms(100);
    unsigned long before = test_cpu_ms();
    test_sleep_ms(2000);
    CHECK(test_cpu_ms() - before < (test_is_slow() ? 400 : 20)); /* one per cent of a CPU */
}

/* A thread beyond the number of workers that was woken for little does not look up again and again while a
 * task waits that it may not take. (2 times in 2 s; before 15,000.) */
static unsigned long times_slept_by_others(void)
{
    DIR *threads = opendir("/proc/self/task");
    if (!threads)
        test_skip("there is no /proc");
    unsigned long sum = 0;
    for (struct dirent *entry; (entry = readdir(threads));) {
        char path[300], line[256];
        snprintf(path, sizeof path, "/proc/self/task/%s/status", entry->d_name);
        FILE *file = atoi(entry->d_name) == (int)getpid() ? NULL : fopen(path, "r");
        while (file && fgets(line, sizeof line, file))
            if (strncmp(line, "voluntary_ctxt_switches:", 24) == 0)
                sum += strtoul(line + 24, NULL, 10);
        if (file)
            fclose(file);
    }
    closedir(threads);
    return sum;
}

static void rest_without_a_place(void)
{
    tine_frame f = tine__enter();
    tine_task *busy = spawn_held(&f, 1);
    UNTIL(GET(begun) == 1);
    for (uint64_t before;;) {
        before = GET(ended);
        tine_task *brief = spawn_quick(&f, 1);
        tine_blocking_begin(); /* a third thread starts for it, or wakes */
        UNTIL(GET(ended) == before + 1);
        tine_blocking_end();
        tine_task *waits = spawn_quick(&f, 1);
        test_sleep_ms(20);
        bool left = GET(ended) == before + 1; /* it may have been in the midst of a look */
        unsigned long slept = left ? times_slept_by_others() : 0;
        test_sleep_ms(left ? 2000 : 0);
        CHECK(!left || times_slept_by_others() - slept < 1000);
        CHECK(sync_quick(&f, waits) == 2 && sync_quick(&f, brief) == 2);
        if (left)
            break;
        if (test_is_late())
            test_skip("a thread looked each time");
    }
    SET(released, 1);
    CHECK(sync_held(&f, busy) == 1);
}

int main(int argc, char **argv)
{
    static const struct test_case cases[] = {
        {"lone_task", lone_task, "2", NULL, 0},
        {"lone_heap_task", lone_heap_task, "2", NULL, 0},
        {"several_tasks", several_tasks, "4", NULL, 0},
        {"worker_busy_at_the_spawn", worker_busy_at_the_spawn, "2", NULL, 0},
        {"worker_asleep_at_the_spawn", worker_asleep_at_the_spawn, "2", NULL, 0},
        {"below_a_hole_that_went", below_a_hole_that_went, "2", NULL, 0},
        {"left_behind_by_a_task", left_behind_by_a_task, "2", NULL, 0},
        {"left_behind_by_a_job", left_behind_by_a_job, "1", NULL, 0},
        {"starter_ends", starter_ends, "2", NULL, 0},
        {"workers_are_added", workers_are_added, "2", NULL, 0},
        {"foreign_threads", foreign_threads, "2", NULL, 0},
        {"foreign_threads_detach", foreign_threads_detach, "2", NULL, 0},
        {"foreign_threads_detach_1", foreign_threads_detach, "1", NULL, 0},
        {"one_worker_makes_no_thread", one_worker_makes_no_thread, "1", NULL, 0},
        {"one_worker_scope_over_older_tasks", one_worker_scope_over_older_tasks, "1", NULL, 0},
        {"million_pending_1", million_pending, "1", NULL, 0},
        {"million_pending_2", million_pending, "2", NULL, 0},
        {"million_detached_1", million_detached, "1", NULL, 0},
        {"million_detached_2", million_detached, "2", NULL, 0},
        {"long_line_in_a_scope", long_line_in_a_scope, "2", NULL, 0},
        {"long_line_of_an_awaited_task", long_line_of_an_awaited_task, "2", NULL, 0},
        {"recursion_1", recursion, "1", NULL, 0},
        {"recursion_4", recursion, "4", NULL, 0},
        {"recursion_on_a_large_stack", recursion_on_a_large_stack, "2", NULL, 0},
        {"rest_without_a_place", rest_without_a_place, "2", NULL, 0},
        {"idle_pool_sleeps", idle_pool_sleeps, "4", NULL, 0},
    };
    return cases_main(argc, argv, cases, COUNT_OF(cases));
}
