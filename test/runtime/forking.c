/* fork with a running executor: the child starts afresh or stops with a message, and never hangs. */
#include "byhand.h"
#include "cases.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static uint64_t begun, released, ran;

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

TASK_FUNCTION(held)
static uint64_t held(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    ADD(begun, 1);
    UNTIL(GET(released) >= argument);
    ADD(ran, 1);
    return argument;
}

TASK_FUNCTION(quick)
static uint64_t quick(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    ADD(ran, 1);
    return argument + 1;
}

/* Ends the case as the forked child has ended: by its status, or by the same abort. */
static _Noreturn void end_like(pid_t child)
{
    int status;
    CHECK(waitpid(child, &status, 0) == child);
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT)
        abort();
    if (WIFSIGNALED(status))
        fprintf(stderr, "the child was killed by signal %d\n", WTERMSIG(status));
    _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 98);
}

/* Everything a fresh executor can do, with threads where there are to be any. */
static void use_tasks(void)
{
    tine_frame f = tine__enter();
    CHECK(fib(f.worker, f.top, 16) == 987);
    SET(released, 1);
    SET(begun, 0);
    SET(ran, 0);
    tine_task *task = spawn_held(&f, 1);
    if (tine_executor_workers(NULL) > 1)
        UNTIL(GET(begun) == 1);
    CHECK(sync_held(&f, task) == 1);
}

static void use_everything(void)
{
    use_tasks();
    tine_frame f = tine__enter();
    spawn_heap_quick(&f, 1, true);
    spawn_heap_quick(&f, 2, true);
    tine_sync_all();
    CHECK(GET(ran) == 3);
    tine_scope scope;
    tine__scope_begin(&scope, f.worker, f.top);
    spawn_heap_quick(&f, 1, true);
    tine__scope_end(&scope);
    CHECK(GET(ran) == 4);
}

/* Threads in a child that was forked from several. */
static void skip_where_tools_fail(void)
{
    if (test_is_thread_sanitized() || test_is_emulated())
        test_skip("ThreadSanitizer and qemu do not stand threads after fork");
}

static void child_spawns(void)
{
    skip_where_tools_fail();
    use_everything();
    pid_t child = fork();
    if (child == 0) {
        use_everything();
        exit(5);
    }
    use_everything();
    end_like(child);
}

static void child_of_a_child(void)
{
    skip_where_tools_fail();
    use_everything();
    pid_t child = fork();
    if (child == 0) {
        use_everything();
        pid_t grandchild = fork();
        if (grandchild == 0) {
            use_everything();
            exit(5);
        }
        use_everything();
        end_like(grandchild);
    }
    end_like(child);
}

static void child_does_nothing(void)
{
    use_everything();
    pid_t child = fork();
    if (child == 0)
        exit(5);
    end_like(child);
}

/* Forked by a thread other than the starter. */
static void *fork_in_thread(void *argument)
{
    pid_t *child = argument;
    *child = fork();
    if (*child == 0) {
        use_everything();
        exit(5);
    }
    return NULL;
}

static void from_a_foreign_thread(void)
{
    skip_where_tools_fail();
    use_everything();
    pthread_t thread;
    pid_t child;
    CHECK(pthread_create(&thread, NULL, fork_in_thread, &child) == 0);
    CHECK(pthread_join(thread, NULL) == 0);
    end_like(child);
}

/* While other threads are in the midst of everything. */
static void *work_on(void *argument)
{
    (void)argument;
    while (!GET(released)) {
        tine_frame f = tine__enter();
        fib(f.worker, f.top, 12);
        spawn_heap_quick(&f, 1, true);
        tine_task *task = spawn_heap_quick(&f, 1, false);
        join_quick(&f, task);
    }
    return NULL;
}

static void while_others_work(void)
{
    skip_where_tools_fail();
    if (test_is_sanitized())
        test_skip("the allocator of a sanitizer may be locked in the child");
    pthread_t thread[2];
    for (int i = 0; i < 2; i++)
        CHECK(pthread_create(&thread[i], NULL, work_on, NULL) == 0);
    int rounds = test_is_slow() ? 5 : 60;
    for (int i = 0; i < rounds; i++) {
        tine_frame f = tine__enter();
        fib(f.worker, f.top, 10);
        pid_t child = fork();
        if (child == 0) {
            use_everything();
            exit(5);
        }
        int status;
        CHECK(waitpid(child, &status, 0) == child);
        CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 5);
    }
    SET(released, 1);
    for (int i = 0; i < 2; i++)
        CHECK(pthread_join(thread[i], NULL) == 0);
    _exit(5);
}

/* A task that nobody has begun belongs to both: the parent's frame and the child's copy of it. */
static void unbegun_task_synced_in_child(void)
{
    tine_frame f = tine__enter();
    tine_task *task = spawn_quick(&f, 1), *heap = spawn_heap_quick(&f, 2, false);
    pid_t child = fork();
    CHECK(join_quick(&f, heap) == 3);
    CHECK(sync_quick(&f, task) == 2);
    if (child == 0)
        exit(5);
    end_like(child);
}

static void stolen_task_synced_in_child(void)
{
    tine_frame f = tine__enter();
    tine_task *task = spawn_held(&f, 1);
    UNTIL(GET(begun) == 1);
    pid_t child = fork();
    if (child == 0) {
        sync_held(&f, task);
        _exit(97);
    }
    SET(released, 1);
    CHECK(sync_held(&f, task) == 1);
    end_like(child);
}

static void stolen_heap_task_synced_in_child(void)
{
    tine_frame f = tine__enter();
    tine_task *task = spawn_heap_held(&f, 1, false);
    UNTIL(GET(begun) == 1);
    pid_t child = fork();
    if (child == 0) {
        join_held(&f, task);
        _exit(97);
    }
    SET(released, 1);
    CHECK(join_held(&f, task) == 1);
    end_like(child);
}

static void stolen_task_polled_in_child(void)
{
    tine_frame f = tine__enter();
    tine_task *task = spawn_heap_held(&f, 1, false);
    UNTIL(GET(begun) == 1);
    pid_t child = fork();
    if (child == 0) {
        alarm(30); /* or it would go on for ever when this fails */
        UNTIL(tine__is_ready(&f, task, "prog.c:1: is_ready(x)"));
        _exit(97);
    }
    SET(released, 1);
    CHECK(join_held(&f, task) == 1);
    end_like(child);
}

static void scope_left_in_child(void)
{
    tine_frame f = tine__enter();
    tine_scope scope;
    tine__scope_begin(&scope, f.worker, f.top);
    spawn_heap_held(&f, 1, true);
    UNTIL(GET(begun) == 1);
    pid_t child = fork();
    if (child == 0) {
        tine__scope_end(&scope);
        _exit(97);
    }
    SET(released, 1);
    tine__scope_end(&scope);
    end_like(child);
}

static void queued_job_awaited_in_child(void)
{
    tine_task *task = tine__pending_new(sizeof(struct capture_held), 8);
    ((struct capture_held *)tine__payload(task))->argument = 1;
    CHECK(tine__submit(NULL, task, run_held, false));
    pid_t child = fork();
    if (child == 0) {
        tine__pending_wait(task, "prog.c:1: tine_wait_for(p)");
        _exit(97);
    }
    SET(released, 1);
    tine__pending_wait(task, "test");
    tine__pending_free(task);
    end_like(child);
}

static void queued_job_polled_in_child(void)
{
    tine_task *task = tine__pending_new(sizeof(struct capture_held), 8);
    ((struct capture_held *)tine__payload(task))->argument = 1;
    CHECK(tine__submit(NULL, task, run_held, false));
    pid_t child = fork();
    if (child == 0) {
        alarm(30); /* or it would go on for ever when this fails */
        UNTIL(tine__pending_ready(task, "prog.c:1: is_ready(p)"));
        _exit(97);
    }
    SET(released, 1);
    tine__pending_wait(task, "test");
    tine__pending_free(task);
    end_like(child);
}

static void task_of_another_executor_synced_in_child(void)
{
    tine_executor *other = tine_executor_new(NULL);
    tine_frame f = tine__enter();
    tine_task *task = tine__heap_new(f.worker, sizeof(struct capture_held), 8);
    ((struct capture_held *)tine__payload(task))->argument = 1;
    tine__heap_push_on(other, &f, task, run_held, false);
    pid_t child = fork();
    if (child == 0) {
        join_held(&f, task);
        _exit(97);
    }
    SET(released, 1);
    CHECK(join_held(&f, task) == 1);
    tine_executor_free(other);
    end_like(child);
}

/* Detached before the fork, not begun: the parent's alone. */
static void detached_runs_once(void)
{
    tine_frame f = tine__enter();
    spawn_heap_quick(&f, 1, true);
    spawn_heap_quick(&f, 2, true);
    pid_t child = fork();
    tine_executor_set_workers(NULL, 2);
    spawn_heap_quick(&f, 3, true);
    tine_sync_all();
    test_sleep_ms(20);
    CHECK(GET(ran) == (child == 0 ? 1 : 3));
    if (child == 0)
        exit(5);
    end_like(child);
}

/* fork in a task on a thread of the pool. In the child it must end the process itself. */
TASK_FUNCTION(forker)
static uint64_t forker(tine_worker *worker, tine_task *top, uint64_t returns)
{
    (void)worker, (void)top;
    ADD(begun, 1);
    pid_t child = fork();
    if (child == 0) {
        use_tasks();
        if (!returns)
            exit(5);
        return 0;
    }
    return (uint64_t)child;
}

static void in_a_task(void)
{
    tine_frame f = tine__enter();
    tine_task *task = spawn_forker(&f, 0);
    UNTIL(GET(begun) == 1);
    end_like((pid_t)sync_forker(&f, task));
}

static void in_a_task_that_returns(void)
{
    tine_frame f = tine__enter();
    tine_task *task = spawn_forker(&f, 1);
    UNTIL(GET(begun) == 1);
    end_like((pid_t)sync_forker(&f, task));
}

int main(int argc, char **argv)
{
    static const struct test_case cases[] = {
        {"child_spawns_1", child_spawns, "1", NULL, 5},
        {"child_spawns_4", child_spawns, "4", NULL, 5},
        {"child_of_a_child", child_of_a_child, "2", NULL, 5},
        {"child_does_nothing", child_does_nothing, "2", NULL, 5},
        {"from_a_foreign_thread", from_a_foreign_thread, "2", NULL, 5},
        {"while_others_work", while_others_work, "3", NULL, 5},
        {"unbegun_task_synced_in_child", unbegun_task_synced_in_child, "1", NULL, 5},
        {"stolen_task_synced_in_child", stolen_task_synced_in_child, "2", "tine: a task", 0},
        {"stolen_heap_task_synced_in_child", stolen_heap_task_synced_in_child, "2", "tine: a task", 0},
        {"scope_left_in_child", scope_left_in_child, "2", "tine: a task", 0},
        {"queued_job_awaited_in_child", queued_job_awaited_in_child, "2", "tine: ", 0},
        {"stolen_task_polled_in_child", stolen_task_polled_in_child, "2", "tine: a task", 0},
        {"queued_job_polled_in_child", queued_job_polled_in_child, "2", "tine: prog.c:1: ", 0},
        {"task_of_another_executor_synced_in_child", task_of_another_executor_synced_in_child, "2",
         "tine: a task", 0},
        {"detached_runs_once", detached_runs_once, "1", NULL, 5},
        {"in_a_task", in_a_task, "2", NULL, 5},
        {"in_a_task_that_returns", in_a_task_that_returns, "2", "tine: a task that called fork", 0},
    };
    return cases_main(argc, argv, cases, COUNT_OF(cases));
}
