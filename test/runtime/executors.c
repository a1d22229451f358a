/* Executors beside the global one, and what crosses between them. */
#include "byhand.h"
#include "cases.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

static uint64_t begun, released, ran;
static tine_executor *one, *two;

#define DEFINE_SPAWN_ON(f) \
    static tine_task *spawn_on_##f(tine_executor *executor, tine_frame *frame, uint64_t argument, \
                                   bool detached) \
    { \
        tine_task *task = tine__heap_new(frame->worker, sizeof(struct capture_##f), 8); \
        ((struct capture_##f *)tine__payload(task))->argument = argument; \
        tine__heap_push_on(executor, frame, task, run_##f, detached); \
        return task; \
    }

/* The first characters of the calling thread's name. */
static void check_thread_name(const char *expected)
{
#ifdef TINE_TEST_POSIX
    (void)expected; /* there are no names */
#else
    char name[16];
    CHECK(prctl(PR_GET_NAME, name) == 0);
    CHECK(strncmp(name, expected, strlen(expected)) == 0);
#endif
}

TASK_FUNCTION(named)
DEFINE_SPAWN_ON(named)
static uint64_t named(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    ADD(ran, 1);
    check_thread_name(argument == 1 ? "one/" : "two/");
    return argument + 1;
}

TASK_FUNCTION(held)
DEFINE_SPAWN_ON(held)
static uint64_t held(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    ADD(begun, 1);
    UNTIL(GET(released) >= argument);
    ADD(ran, 1);
    return argument;
}

static void make_two(unsigned workers)
{
    tine_executor_config config = {.workers = workers, .name = "one"};
    one = tine_executor_new(&config);
    config.name = "two";
    two = tine_executor_new(&config);
    CHECK(one && two);
}

static void free_two(void)
{
    tine_executor_free(one);
    tine_executor_free(two);
}

/* Tasks run on the threads of the executor that they were spawned on. */
static void own_threads(void)
{
    make_two(2);
    CHECK(tine_executor_workers(one) == 2);
    tine_frame f = tine__enter();
    tine_task *task[100];
    for (unsigned i = 0; i < 100; i++)
        task[i] = spawn_on_named(i % 2 ? one : two, &f, i % 2 ? 1 : 2, false);
    for (unsigned i = 0; i < 100; i++)
        CHECK(join_named(&f, task[i]) == (i % 2 ? 2 : 3));
    for (unsigned i = 0; i < 100; i++)
        spawn_on_named(one, &f, 1, true);
    tine_executor_free(one); /* waits for them */
    CHECK(GET(ran) == 200);
    tine_executor_free(two);
    tine_executor_free(NULL);
}

/* Each spawns on the other, and waits, to a depth: alone, or with children on its own. */
TASK_FUNCTION(across)
DEFINE_SPAWN_ON(across)
static uint64_t across(tine_worker *worker, tine_task *top, uint64_t depth)
{
    if (depth == 0)
        return 1;
    tine_frame f = tine__frame_shared(worker, top);
    tine_executor *other[3] = {one, two, NULL};
    tine_task *far = spawn_on_across(other[depth % 3], &f, depth - 1, false);
    tine_task *near = spawn_across(&f, depth - 1);
    uint64_t sum = sync_across(&f, near);
    return sum + join_across(&f, far);
}

static void spawn_on_each_other(unsigned workers)
{
    make_two(workers);
    tine_frame f = tine__enter();
    uint64_t depth = test_is_slow() ? 6 : 9;
    for (int i = 0; i < 3; i++)
        CHECK(across(f.worker, f.top, depth) == UINT64_C(1) << depth);
    free_two();
}

static void spawn_on_each_other_1(void)
{
    spawn_on_each_other(1);
}

static void spawn_on_each_other_2(void)
{
    spawn_on_each_other(2);
}

/* The only thread of an executor polls for a task elsewhere that needs a task on that executor. */
TASK_FUNCTION(poll_across)
DEFINE_SPAWN_ON(poll_across)
static uint64_t poll_across(tine_worker *worker, tine_task *top, uint64_t depth)
{
    if (depth == 0)
        return 1;
    tine_frame f = tine__frame_shared(worker, top);
    tine_task *task = spawn_on_poll_across(depth % 2 ? two : one, &f, depth - 1, false);
    while (!tine__is_ready(&f, task, "test: is_ready"))
        ;
    return join_poll_across(&f, task) + 1;
}

static void poll_each_other(void)
{
    make_two(1);
    tine_frame f = tine__enter();
    CHECK(poll_across(f.worker, f.top, 20) == 21);
    free_two();
}

/* Scopes: of all executors, and of one. */
TASK_FUNCTION(scatter)
DEFINE_SPAWN_ON(scatter)
static uint64_t scatter(tine_worker *worker, tine_task *top, uint64_t depth)
{
    tine_frame f = tine__frame_shared(worker, top);
    ADD(ran, 1);
    for (uint64_t i = 0; depth > 0 && i < 3; i++)
        spawn_on_scatter(i == 0 ? one : i == 1 ? two : NULL, &f, depth - 1, true);
    return 0;
}

static void scope_over_executors(void)
{
    make_two(2);
    tine_frame f = tine__enter();
    for (uint64_t i = 1; i <= (test_is_slow() ? 3 : 30); i++) {
        tine_scope scope;
        tine__scope_begin(&scope, f.worker, f.top);
        spawn_on_scatter(one, &f, 5, true);
        tine__scope_end(&scope);
        CHECK(GET(ran) == i * 364);
    }
    free_two();
}

/* sync_scope_on(one) does not wait for a task of two that never ends meanwhile. */
static void scope_of_one_executor(void)
{
    make_two(1);
    tine_frame f = tine__enter();
    tine_scope scope;
    tine__scope_begin_on(&scope, f.worker, f.top, one);
    tine_task *other = spawn_on_held(two, &f, 1, false);
    UNTIL(GET(begun) == 1);
    spawn_on_held(one, &f, 0, true);
    spawn_on_held(one, &f, 0, true);
    tine__scope_end(&scope);
    CHECK(GET(ran) == 2);
    SET(released, 1);
    CHECK(join_held(&f, other) == 1);
    free_two();
}

/* A task of `one` that is freed waits for one of the global executor that spawns on `one`. */
TASK_FUNCTION(back)
DEFINE_SPAWN_ON(back)
static uint64_t back(tine_worker *worker, tine_task *top, uint64_t depth)
{
    tine_frame f = tine__frame_shared(worker, top);
    ADD(begun, 1);
    test_sleep_ms(2);
    if (depth == 0)
        return ADD(ran, 1);
    tine_task *task = spawn_on_back(depth % 2 ? NULL : one, &f, depth - 1, false);
    return join_back(&f, task);
}

static void free_waits_for_what_comes_back(void)
{
    make_two(1);
    tine_frame f = tine__enter();
    spawn_on_back(one, &f, 7, true);
    UNTIL(GET(begun) >= 1);
    tine_executor_free(one);
    CHECK(GET(ran) == 1);
    tine_executor_free(two);
}

/* A job of the only thread frees an executor whose last task needs that thread's place. */
TASK_FUNCTION(make_and_free)
static uint64_t make_and_free(tine_worker *worker, tine_task *top, uint64_t argument)
{
    tine_frame f = tine__frame_shared(worker, top);
    one = tine_executor_new(&(tine_executor_config){.workers = 1});
    CHECK(one);
    spawn_on_back(one, &f, argument, true);
    tine_executor_free(one);
    return 0;
}

static tine_task *submit(tine_executor *executor, tine_run_fn *run)
{
    tine_task *task = tine__pending_new(sizeof(struct capture_make_and_free), 8);
    ((struct capture_make_and_free *)tine__payload(task))->argument = 1;
    CHECK(tine__submit(executor, task, run, false));
    return task;
}

static void wait_and_free(tine_task *task)
{
    tine__pending_wait(task, "test");
    tine__pending_free(task);
}

static void freed_inside_a_job_of_another(void)
{
    wait_and_free(submit(NULL, run_make_and_free));
    CHECK(GET(ran) == 1);
}

/* A job leaves a detached task, which submits a job, which waits for another: free waits for all. */
TASK_FUNCTION(nothing)
static uint64_t nothing(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    return argument;
}

TASK_FUNCTION(waits)
static uint64_t waits(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    test_sleep_ms(20);
    wait_and_free(submit(one, run_nothing));
    ADD(ran, 1);
    return argument;
}

static tine_task *last;

TASK_FUNCTION(submits)
static uint64_t submits(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    test_sleep_ms(20);
    last = submit(one, run_waits);
    return argument;
}

TASK_FUNCTION(leaves)
static uint64_t leaves(tine_worker *worker, tine_task *top, uint64_t argument)
{
    tine_frame f = tine__frame_shared(worker, top);
    spawn_heap_submits(&f, argument, true);
    return argument;
}

static void free_waits_for_what_detached_tasks_submit(void)
{
    one = tine_executor_new(&(tine_executor_config){.workers = 1});
    CHECK(one);
    tine_task *first = submit(one, run_leaves);
    tine_executor_free(one);
    CHECK(GET(ran) == 1);
    tine__pending_free(first);
    tine__pending_free(last);
}

/* What a task of an executor that is freed has left in its thread's queue blocks, often: each time the job
 * that it waits for needs another thread. */
TASK_FUNCTION(waits_often)
static uint64_t waits_often(tine_worker *worker, tine_task *top, uint64_t times)
{
    (void)worker, (void)top;
    test_sleep_ms(20);
    for (uint64_t i = 0; i < times; i++)
        wait_and_free(submit(one, run_nothing));
    ADD(ran, 1);
    return times;
}

TASK_FUNCTION(leaves_a_child)
DEFINE_SPAWN_ON(leaves_a_child)
static uint64_t leaves_a_child(tine_worker *worker, tine_task *top, uint64_t argument)
{
    tine_frame f = tine__frame_shared(worker, top);
    return (uint64_t)(uintptr_t)spawn_heap_waits_often(&f, argument, false);
}

static void free_replaces_what_blocks(void)
{
    one = tine_executor_new(&(tine_executor_config){.workers = 1, .reserve = 4});
    CHECK(one);
    tine_frame f = tine__enter();
    tine_task *task = spawn_on_leaves_a_child(one, &f, 20, false);
    tine_task *child = (tine_task *)(uintptr_t)join_leaves_a_child(&f, task);
    tine_executor_free(one);
    CHECK(GET(ran) == 1);
    CHECK(join_waits_often(&f, child) == 20);
}

/* Free sleeps while a detached task takes its time. */
TASK_FUNCTION(nap)
static uint64_t nap(tine_worker *worker, tine_task *top, uint64_t ms)
{
    (void)worker, (void)top;
    test_sleep_ms((unsigned)ms);
    ADD(ran, 1);
    return ms;
}

TASK_FUNCTION(detaches_a_nap)
DEFINE_SPAWN_ON(detaches_a_nap)
static uint64_t detaches_a_nap(tine_worker *worker, tine_task *top, uint64_t ms)
{
    tine_frame f = tine__frame_shared(worker, top);
    spawn_heap_nap(&f, ms, true);
    return ms;
}

static long times_slept(void)
{
    struct rusage usage;
    CHECK(getrusage(RUSAGE_THREAD, &usage) == 0);
    return usage.ru_nvcsw;
}

static void free_sleeps(void)
{
    one = tine_executor_new(&(tine_executor_config){.workers = 1});
    CHECK(one);
    tine_frame f = tine__enter();
    join_detaches_a_nap(&f, spawn_on_detaches_a_nap(one, &f, 500, false));
    long before = times_slept();
    tine_executor_free(one);
    CHECK(GET(ran) == 1);
    CHECK(times_slept() - before < 100);
}

/* A task made by a worker of an executor outlives it. */
TASK_FUNCTION(leave)
DEFINE_SPAWN_ON(leave)
static uint64_t leave(tine_worker *worker, tine_task *top, uint64_t argument)
{
    tine_frame f = tine__frame_shared(worker, top);
    return (uint64_t)(uintptr_t)spawn_on_held(two, &f, argument, false);
}

static void task_outlives_its_makers_executor(void)
{
    make_two(1);
    tine_frame f = tine__enter();
    tine_task *left[20];
    for (int i = 0; i < 20; i++)
        left[i] = (tine_task *)(uintptr_t)join_leave(&f, spawn_on_leave(one, &f, 1, false));
    tine_executor_free(one);
    one = NULL;
    SET(released, 1);
    for (int i = 0; i < 20; i++)
        CHECK(join_held(&f, left[i]) == 1);
    tine_executor_free(two);
}

static void come_and_go(void)
{
    tine_frame f = tine__enter();
    int rounds = test_is_slow() ? 20 : 300;
    unsigned long before = 0;
    for (int i = 0; i < rounds; i++) {
        tine_executor *executor = tine_executor_new(NULL);
        CHECK(executor);
        tine_task *task = spawn_on_held(executor, &f, 0, false);
        spawn_on_held(executor, &f, 0, true);
        CHECK(join_held(&f, task) == 0);
        tine_executor_free(executor);
        if (i == rounds / 3)
            before = test_resident_kib();
    }
    CHECK(GET(ran) == (uint64_t)rounds * 2);
    UNTIL(test_threads() <= 2); /* one that has ended is counted a little longer, and ThreadSanitizer may have one */
    CHECK(test_is_slow() || test_resident_kib() < before + 4096);
}

/* The task stacks of an executor that one thread has freed serve another thread's. (Nothing here orders the
 * two for a ThreadSanitizer that sees the program only: flavour tsan-user.) */
TASK_FUNCTION(halve)
DEFINE_SPAWN_ON(halve)
static uint64_t halve(tine_worker *worker, tine_task *top, uint64_t depth)
{
    if (depth == 0)
        return 1;
    tine_frame f = tine__frame_shared(worker, top);
    tine_task *task = spawn_halve(&f, depth - 1);
    uint64_t sum = halve(worker, f.top, depth - 1);
    return sum + sync_halve(&f, task);
}

static uint64_t is_free;

static void *use_and_free(void *executor)
{
    tine_frame f = tine__enter();
    CHECK(join_halve(&f, spawn_on_halve(executor, &f, 6, false)) == 64);
    tine_executor_free(executor);
    __atomic_store_n(&is_free, 1, __ATOMIC_RELAXED);
    return NULL;
}

static void stacks_change_hands(void)
{
    pthread_t thread;
    make_two(1);
    tine_frame f = tine__enter();
    CHECK(pthread_create(&thread, NULL, use_and_free, one) == 0);
    UNTIL(__atomic_load_n(&is_free, __ATOMIC_RELAXED));
    CHECK(join_halve(&f, spawn_on_halve(two, &f, 6, false)) == 64);
    pthread_join(thread, NULL);
    tine_executor_free(two);
}

static void out_of_range(void)
{
    tine_executor_config config = {.workers = 4097};
    errno = 0;
    CHECK(!tine_executor_new(&config) && errno == EINVAL);
    config = (tine_executor_config){.stack_size = 1};
    errno = 0;
    CHECK(!tine_executor_new(&config) && errno == EINVAL);
    config = (tine_executor_config){.stack_size = SIZE_MAX};
    errno = 0;
    CHECK(!tine_executor_new(&config) && errno == EINVAL);
    CHECK(tine_executor_set_workers(NULL, 0) == EINVAL);
    CHECK(tine_executor_set_workers(NULL, 4097) == EINVAL);
    config = (tine_executor_config){
        .workers = 3, .name = "a name that is too long", .pin = true, .reserve = 1};
    tine_executor *executor = tine_executor_new(&config);
    CHECK(executor && tine_executor_workers(executor) == 3);
    tine_executor_free(executor);
}

/* More than there is, in sizes that are not out of range: the task runs all the same. */
static void hopeless_stack(void)
{
    if (test_is_emulated())
        test_skip("qemu is killed for the memory");
    if (getenv("TINE_TEST_MEMCHECK"))
        test_skip("memcheck looks for leaks in all that is reserved, 32 GiB: a minute where page faults are slow");
    tine_executor_config config = {.workers = 1, .stack_size = SIZE_MAX / 64};
    tine_executor *executor = tine_executor_new(&config);
    CHECK(executor || errno == ENOMEM);
    tine_frame f = tine__enter();
    if (executor)
        CHECK(join_held(&f, spawn_on_held(executor, &f, 0, false)) == 0);
    tine_executor_free(executor);
}

static void global_one_is_apart(void)
{
    tine_executor *executor = tine_executor_new(NULL);
    tine_executor_free(executor);
    CHECK(tine_executor_workers(NULL) == 2);
}

TASK_FUNCTION(free_own)
DEFINE_SPAWN_ON(free_own)
static uint64_t free_own(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    tine_executor_free(one);
    return argument;
}

static void free_inside(void)
{
    make_two(1);
    tine_frame f = tine__enter();
    join_free_own(&f, spawn_on_free_own(one, &f, 1, false));
}

/* Submitted jobs on an executor of its own. */
static void submit_on(void)
{
    make_two(1);
    tine_task *task = tine__pending_new(sizeof(struct capture_named), 8);
    ((struct capture_named *)tine__payload(task))->argument = 1;
    CHECK(tine__submit(one, task, run_named, false));
    tine__pending_wait(task, "test");
    CHECK(((struct capture_named *)tine__payload(task))->result == 2);
    tine__pending_free(task);
    free_two();
}

/* With a reserve of two, two blocked tasks are replaced and the third is not. */
TASK_FUNCTION(blocks)
DEFINE_SPAWN_ON(blocks)
static uint64_t blocks(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    ADD(begun, 1);
    tine_blocking_begin();
    UNTIL(GET(released) >= argument);
    tine_blocking_end();
    return argument;
}

static void reserve_is_a_limit(void)
{
    tine_executor_config config = {.workers = 1, .reserve = 2};
    tine_executor *executor = tine_executor_new(&config);
    CHECK(executor);
    tine_frame f = tine__enter();
    tine_task *task[5];
    for (int i = 0; i < 5; i++)
        task[i] = spawn_on_blocks(executor, &f, 1, false);
    UNTIL(GET(begun) == 3);
    test_sleep_ms(50);
    CHECK(GET(begun) == 3);
    SET(released, 1);
    for (int i = 0; i < 5; i++)
        CHECK(join_blocks(&f, task[i]) == 1);
    tine_executor_free(executor);
}

/* A larger stack holds what the default does not. */
TASK_FUNCTION(use_stack)
DEFINE_SPAWN_ON(use_stack)
static uint64_t use_stack(tine_worker *worker, tine_task *top, uint64_t mega_bytes)
{
    volatile char room[1 << 20];
    room[0] = room[sizeof room - 1] = 1;
    return mega_bytes == 0 ? 0 : use_stack(worker, top, mega_bytes - 1) + (uint64_t)room[0];
}

static void stack_size(void)
{
    tine_executor_config config = {.workers = 1, .stack_size = (size_t)40 << 20};
    tine_executor *executor = tine_executor_new(&config);
    CHECK(executor);
    tine_frame f = tine__enter();
    CHECK(join_use_stack(&f, spawn_on_use_stack(executor, &f, 32, false)) == 32);
    tine_executor_free(executor);
}

#ifndef TINE_TEST_POSIX
/* Tasks of an executor that pins see one CPU each, not all the same one; others see all CPUs. */
static uint64_t cpus_seen; /* a bit for each */

TASK_FUNCTION(look_at_cpus)
DEFINE_SPAWN_ON(look_at_cpus)
static uint64_t look_at_cpus(tine_worker *worker, tine_task *top, uint64_t expected)
{
    (void)worker, (void)top;
    cpu_set_t mine;
    CHECK(sched_getaffinity(0, sizeof mine, &mine) == 0);
    CHECK((uint64_t)CPU_COUNT(&mine) == expected);
    CHECK(CPU_ISSET(sched_getcpu(), &mine));
    __atomic_fetch_or(&cpus_seen, UINT64_C(1) << sched_getcpu() % 64, __ATOMIC_SEQ_CST);
    ADD(begun, 1);
    UNTIL(GET(begun) >= 2); /* each on a thread of its own */
    return 0;
}

static uint64_t cpus_of(bool pin, uint64_t expected)
{
    tine_executor_config config = {.workers = 2, .pin = pin};
    tine_executor *executor = tine_executor_new(&config);
    CHECK(executor);
    tine_frame f = tine__enter();
    SET(begun, 0);
    SET(cpus_seen, 0);
    tine_task *task[2];
    for (int i = 0; i < 2; i++)
        task[i] = spawn_on_look_at_cpus(executor, &f, expected, false);
    for (int i = 0; i < 2; i++)
        join_look_at_cpus(&f, task[i]);
    tine_executor_free(executor);
    return GET(cpus_seen);
}

static void pinned_threads(void)
{
    cpu_set_t all;
    CHECK(sched_getaffinity(0, sizeof all, &all) == 0);
    uint64_t count = (uint64_t)CPU_COUNT(&all);
    uint64_t seen = cpus_of(true, 1);
    CHECK(count == 1 || (seen & (seen - 1)) != 0); /* two of them */
    cpus_of(false, count);
}
#endif

/* --- executors of the program's own ------------------------------------------------------------ */

static void serial_executor(void)
{
    tine_executor *serial = tine_executor_serial();
    CHECK(serial && tine_executor_workers(serial) == 1);
    tine_frame f = tine__enter();
    tine_task *task = spawn_on_held(serial, &f, 0, false);
    CHECK(GET(ran) == 1); /* at the spawn */
    CHECK(join_held(&f, task) == 0);
    spawn_on_held(serial, &f, 0, true);
    CHECK(GET(ran) == 2);
    tine_scope scope;
    tine__scope_begin_on(&scope, f.worker, f.top, serial);
    spawn_on_held(serial, &f, 0, true);
    tine__scope_end(&scope);
    CHECK(GET(ran) == 3);
    tine_executor_free(serial);
}

/* A pool of one thread and a list, as a program may have. */
static struct {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    tine_job *jobs[1000];
    size_t first, last;
    bool stop, refuse;
    pthread_t thread;
} pool = {.mutex = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};

static bool pool_submit(void *context, tine_job *job)
{
    CHECK(context == &pool);
    if (pool.refuse)
        return false;
    pthread_mutex_lock(&pool.mutex);
    pool.jobs[pool.last++ % COUNT_OF(pool.jobs)] = job;
    pthread_cond_signal(&pool.changed);
    pthread_mutex_unlock(&pool.mutex);
    return true;
}

static void *pool_run(void *argument)
{
    (void)argument;
    pthread_mutex_lock(&pool.mutex);
    while (!pool.stop || pool.first != pool.last) {
        if (pool.first == pool.last) {
            pthread_cond_wait(&pool.changed, &pool.mutex);
            continue;
        }
        tine_job *job = pool.jobs[pool.first++ % COUNT_OF(pool.jobs)];
        pthread_mutex_unlock(&pool.mutex);
        tine_job_run(job);
        pthread_mutex_lock(&pool.mutex);
    }
    pthread_mutex_unlock(&pool.mutex);
    return NULL;
}

static void pool_destroy(void *context)
{
    CHECK(context == &pool);
    pthread_mutex_lock(&pool.mutex);
    pool.stop = true;
    pthread_cond_signal(&pool.changed);
    pthread_mutex_unlock(&pool.mutex);
    pthread_join(pool.thread, NULL);
}

/* A job of an executor of the program's own leaves a task of a scope in its thread's line, which belongs to the global
 * one. At the scope's end waits a thread of a third, and the global one's only worker does not look at the runtime. */
TASK_FUNCTION(count_run)
TASK_FUNCTION(leave_one)
TASK_FUNCTION(scope_on_the_third)
DEFINE_SPAWN_ON(leave_one)

static uint64_t count_run(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    ADD(ran, 1);
    return argument;
}

static uint64_t leave_one(tine_worker *worker, tine_task *top, uint64_t argument)
{
    tine_frame f = tine__frame_shared(worker, top);
    test_sleep_ms(50); /* the scope's thread sleeps by then */
    spawn_heap_count_run(&f, argument, true);
    return argument;
}

static uint64_t scope_on_the_third(tine_worker *worker, tine_task *top, uint64_t argument)
{
    tine_frame f = tine__frame_shared(worker, top);
    tine_scope scope;
    tine__scope_begin(&scope, f.worker, f.top);
    spawn_on_leave_one(one, &f, argument, true);
    tine__scope_end(&scope);
    CHECK(GET(ran) == 1);
    SET(released, 1);
    return argument;
}

static void scope_over_an_adapted_executor(void)
{
    static const tine_executor_interface interface = {.submit = pool_submit, .destroy = pool_destroy};
    tine__enter();
    CHECK(pthread_create(&pool.thread, NULL, pool_run, NULL) == 0);
    one = tine_executor_adapt(&interface, &pool);
    two = tine_executor_new(NULL);
    tine_task *job = tine__pending_new(sizeof(struct capture_scope_on_the_third), 8);
    CHECK(one && two && job && tine__submit(two, job, run_scope_on_the_third, true));
    UNTIL(GET(released));
    tine_executor_free(two);
    tine_executor_free(one);
}

static void adapted_executor(void)
{
    static const tine_executor_interface interface = {.submit = pool_submit, .destroy = pool_destroy};
    CHECK(pthread_create(&pool.thread, NULL, pool_run, NULL) == 0);
    one = tine_executor_adapt(&interface, &pool);
    two = tine_executor_new(NULL);
    CHECK(one && two);
    tine_frame f = tine__enter();
    tine_task *task[100];
    for (unsigned i = 0; i < 100; i++)
        task[i] = spawn_on_held(one, &f, 0, false);
    for (unsigned i = 0; i < 100; i++)
        CHECK(join_held(&f, task[i]) == 0);
    for (uint64_t i = 1; i <= 5; i++) {
        tine_scope scope;
        tine__scope_begin(&scope, f.worker, f.top);
        spawn_on_scatter(two, &f, 4, true);
        tine__scope_end(&scope);
        CHECK(GET(ran) == 100 + i * 121);
    }
    pool.refuse = true; /* then a spawn runs at once, and a submit says no */
    tine_task *now = spawn_on_held(one, &f, 0, false);
    CHECK(GET(ran) == 100 + 5 * 121 + 1);
    CHECK(join_held(&f, now) == 0);
    tine_task *job = tine__pending_new(sizeof(struct capture_held), 8);
    CHECK(!tine__submit(one, job, run_held, false));
    tine__pending_free(job);
    pool.refuse = false;
    free_two();
    CHECK(!tine_executor_adapt(NULL, NULL));
}

int main(int argc, char **argv)
{
    static const struct test_case cases[] = {
        {"own_threads", own_threads, "2", NULL, 0},
        {"spawn_on_each_other_1", spawn_on_each_other_1, "1", NULL, 0},
        {"spawn_on_each_other_2", spawn_on_each_other_2, "2", NULL, 0},
        {"poll_each_other", poll_each_other, "1", NULL, 0},
        {"scope_over_executors", scope_over_executors, "2", NULL, 0},
        {"scope_over_executors_1", scope_over_executors, "1", NULL, 0},
        {"scope_of_one_executor", scope_of_one_executor, "1", NULL, 0},
        {"free_waits_for_what_comes_back", free_waits_for_what_comes_back, "1", NULL, 0},
        {"task_outlives_its_makers_executor", task_outlives_its_makers_executor, "2", NULL, 0},
        {"freed_inside_a_job_of_another", freed_inside_a_job_of_another, "1", NULL, 0},
        {"free_waits_for_what_detached_tasks_submit", free_waits_for_what_detached_tasks_submit, "1",
         NULL, 0},
        {"free_replaces_what_blocks", free_replaces_what_blocks, "1", NULL, 0},
        {"free_sleeps", free_sleeps, "1", NULL, 0},
        {"come_and_go", come_and_go, "1", NULL, 0},
        {"stacks_change_hands", stacks_change_hands, "1", NULL, 0},
        {"out_of_range", out_of_range, "2", NULL, 0},
        {"hopeless_stack", hopeless_stack, "2", NULL, 0},
        {"global_one_is_apart", global_one_is_apart, "2", NULL, 0},
        {"free_inside", free_inside, "2", "tine: tine_executor_free: ", 0},
#ifndef TINE_TEST_POSIX
        {"pinned_threads", pinned_threads, "2", NULL, 0},
#endif
        {"reserve_is_a_limit", reserve_is_a_limit, "1", NULL, 0},
        {"stack_size", stack_size, "1", NULL, 0},
        {"submit_on", submit_on, "1", NULL, 0},
        {"serial_executor", serial_executor, "2", NULL, 0},
        {"scope_over_an_adapted_executor", scope_over_an_adapted_executor, "1", NULL, 0},
        {"adapted_executor", adapted_executor, "2", NULL, 0},
    };
    return cases_main(argc, argv, cases, COUNT_OF(cases));
}
