/* Memory and threads that run out: for every n, a run in which the n-th call that may lack memory (or
 * starts a thread) fails, and one in which all from the n-th on fail. Each run computes what it should,
 * or stops with a message that says that memory is out; it never crashes or hangs. The linker sends the runtime's calls here. */
#include "byhand.h"
#include "cases.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* --- faults ------------------------------------------------------------------------------------ */

/* In memory that the child shares with the case: what happened in it. */
static struct state {
    uint64_t memory_calls, thread_calls; /* so far */
    uint64_t memory_fails, thread_fails; /* at this one; 0: never */
    uint64_t on;                         /* and all that follow */
    uint64_t failed;                     /* how many have */
} *state;

static bool fails(uint64_t *calls, uint64_t at)
{
    if (!state)
        return false;
    uint64_t call = ADD(*calls, 1);
    bool fail = at != 0 && (call == at || (state->on && call > at));
    if (fail)
        ADD(state->failed, 1);
    return fail;
}

static bool memory_fails(void)
{
    bool fail = state && fails(&state->memory_calls, state->memory_fails);
    if (fail)
        errno = ENOMEM;
    return fail;
}

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__real_aligned_alloc(size_t align, size_t size);
void *__wrap_aligned_alloc(size_t align, size_t size);
void *__real_mmap(void *at, size_t size, int protection, int flags, int file, off_t offset);
void *__wrap_mmap(void *at, size_t size, int protection, int flags, int file, off_t offset);
int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*run)(void *), void *arg);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*run)(void *), void *arg);

int __real_mprotect(void *at, size_t size, int protection);
int __wrap_mprotect(void *at, size_t size, int protection);
int __real_pthread_key_create(pthread_key_t *key, void (*end)(void *));
int __wrap_pthread_key_create(pthread_key_t *key, void (*end)(void *));
int __real_pthread_setspecific(pthread_key_t key, const void *value);
int __wrap_pthread_setspecific(pthread_key_t key, const void *value);
int __real_pthread_atfork(void (*before)(void), void (*parent)(void), void (*child)(void));
int __wrap_pthread_atfork(void (*before)(void), void (*parent)(void), void (*child)(void));
int __real_pthread_attr_init(pthread_attr_t *attr);
int __wrap_pthread_attr_init(pthread_attr_t *attr);
int __real_atexit(void (*handler)(void));
int __wrap_atexit(void (*handler)(void));
int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);

int __wrap_mprotect(void *at, size_t size, int protection)
{
    return memory_fails() ? -1 : __real_mprotect(at, size, protection);
}

int __wrap_pthread_key_create(pthread_key_t *key, void (*end)(void *))
{
    return memory_fails() ? ENOMEM : __real_pthread_key_create(key, end);
}

int __wrap_pthread_setspecific(pthread_key_t key, const void *value)
{
    return memory_fails() ? ENOMEM : __real_pthread_setspecific(key, value);
}

int __wrap_pthread_atfork(void (*before)(void), void (*parent)(void), void (*child)(void))
{
    return memory_fails() ? ENOMEM : __real_pthread_atfork(before, parent, child);
}

int __wrap_pthread_attr_init(pthread_attr_t *attr)
{
    return memory_fails() ? ENOMEM : __real_pthread_attr_init(attr);
}

int __wrap_atexit(void (*handler)(void))
{
    return memory_fails() ? -1 : __real_atexit(handler);
}

int __wrap_open(const char *path, int flags, ...) /* the runtime only reads */
{
    return memory_fails() ? -1 : __real_open(path, flags);
}

void *__wrap_malloc(size_t size)
{
    return memory_fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return memory_fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_aligned_alloc(size_t align, size_t size)
{
    return memory_fails() ? NULL : __real_aligned_alloc(align, size);
}

void *__wrap_mmap(void *at, size_t size, int protection, int flags, int file, off_t offset)
{
    return memory_fails() ? MAP_FAILED : __real_mmap(at, size, protection, flags, file, offset);
}

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*run)(void *), void *arg)
{
    bool fail = state && fails(&state->thread_calls, state->thread_fails);
    return fail ? EAGAIN : __real_pthread_create(thread, attr, run, arg);
}

/* --- a program that uses everything ------------------------------------------------------------ */

static uint64_t ran;

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

TASK_FUNCTION(quick)
static uint64_t quick(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    ADD(ran, 1);
    return argument + 1;
}

static uint64_t use_heap_tasks(tine_frame *f)
{
    enum { COUNT = 300 }; /* several chunks, and a ring that grows */
    tine_task *task[COUNT];
    for (uint64_t i = 0; i < COUNT; i++)
        task[i] = spawn_heap_quick(f, i, false);
    for (uint64_t i = 0; i < COUNT; i++)
        CHECK(join_quick(f, task[i]) == i + 1);
    tine_task *large = tine__heap_new(f->worker, 5000, 64);
    memset(tine__payload_aligned(large, 64), 1, 5000);
    *(uint64_t *)tine__payload(large) = 1;
    tine__heap_push(f, large, run_quick, false);
    CHECK(join_quick(f, large) == 2);
    return COUNT + 1;
}

static uint64_t use_scope(tine_frame *f)
{
    uint64_t before = GET(ran);
    tine_scope scope;
    tine__scope_begin(&scope, f->worker, f->top);
    for (uint64_t i = 0; i < 10; i++)
        spawn_heap_quick(f, i, true);
    tine__scope_end(&scope);
    CHECK(GET(ran) >= before + 10);
    return 10;
}

static uint64_t use_executor(tine_frame *f)
{
    tine_executor_config config = {.workers = 2};
    tine_executor *executor = tine_executor_new(&config);
    if (!executor) {
        CHECK(errno == ENOMEM);
        return 0;
    }
    uint64_t expected = 2;
    tine_task *task = tine__heap_new(f->worker, sizeof(struct capture_quick), 8);
    ((struct capture_quick *)tine__payload(task))->argument = 1;
    tine__heap_push_on(executor, f, task, run_quick, false);
    tine_task *detached = tine__heap_new(f->worker, sizeof(struct capture_quick), 8);
    ((struct capture_quick *)tine__payload(detached))->argument = 1;
    tine__heap_push_on(executor, f, detached, run_quick, true);
    CHECK(join_quick(f, task) == 2);
    tine_task *job = tine__pending_new(sizeof(struct capture_quick), 8);
    if (job) {
        ((struct capture_quick *)tine__payload(job))->argument = 1;
        if (tine__submit(executor, job, run_quick, false)) {
            tine__pending_wait(job, "test");
            expected++;
        }
        tine__pending_free(job);
    }
    tine_executor_free(executor);
    return expected;
}

static void count_call(void *counter)
{
    ADD(*(uint64_t *)counter, 1);
}

/* Jobs with a call at their end, on the global executor, whose number of workers changes. */
static uint64_t use_jobs(void)
{
    static uint64_t calls;
    uint64_t submitted = 0;
    tine_task *job[8];
    CHECK(tine_executor_set_workers(NULL, 2) == 0);
    for (unsigned i = 0; i < COUNT_OF(job); i++) {
        job[i] = tine__pending_new(sizeof(struct capture_quick), 8);
        if (!job[i])
            continue;
        ((struct capture_quick *)tine__payload(job[i]))->argument = i;
        if (!tine__submit(NULL, job[i], run_quick, false)) {
            tine__pending_free(job[i]);
            job[i] = NULL;
            continue;
        }
        tine_when_ended(job[i], count_call, &calls);
        submitted++;
    }
    CHECK(tine_executor_set_workers(NULL, 3) == 0);
    tine_blocking_begin();
    tine_blocking_end();
    for (unsigned i = 0; i < COUNT_OF(job); i++) {
        if (!job[i])
            continue;
        tine__pending_wait(job[i], "test");
        CHECK(((struct capture_quick *)tine__payload(job[i]))->result == i + 1);
        tine__pending_free(job[i]);
    }
    UNTIL(GET(calls) == submitted);
    tine_worker_stats stats[16];
    tine_stats(NULL, stats, COUNT_OF(stats));
    return submitted;
}

/* An executor of the program's own that refuses every second job, and the serial one. */
static bool take_some(void *context, tine_job *job)
{
    static uint64_t asked;
    (void)context;
    if (ADD(asked, 1) % 2)
        return false;
    tine_job_run(job);
    return true;
}

static uint64_t use_adapted(tine_frame *f)
{
    static const tine_executor_interface interface = {.submit = take_some};
    tine_executor *executor[2] = {tine_executor_adapt(&interface, NULL), tine_executor_serial()};
    uint64_t expected = 0;
    for (unsigned i = 0; i < 2; i++) {
        CHECK(executor[i] || errno == ENOMEM);
        tine_scope scope;
        tine__scope_begin(&scope, f->worker, f->top);
        for (uint64_t n = 0; executor[i] && n < 4; n++) {
            tine_task *task = tine__heap_new(f->worker, sizeof(struct capture_quick), 8);
            ((struct capture_quick *)tine__payload(task))->argument = n;
            tine__heap_push_on(executor[i], f, task, run_quick, n % 2);
            if (n % 2 == 0)
                CHECK(join_quick(f, task) == n + 1);
            expected++;
        }
        tine__scope_end(&scope);
        tine_executor_free(executor[i]);
    }
    return expected;
}

static void *use_thread(void *argument)
{
    (void)argument;
    tine_frame f = tine__enter();
    use_heap_tasks(&f);
    return NULL;
}

/* A child of fork has a fresh executor. */
static void use_fork(void)
{
    pid_t child = fork();
    if (child == 0) {
        tine_frame f = tine__enter();
        CHECK(fib(f.worker, f.top, 12) == 144);
        use_heap_tasks(&f);
        if (test_is_sanitized())
            _exit(0); /* LeakSanitizer looks for the parent's threads, and finds leaks without them */
        exit(0);
    }
    int status = 0;
    CHECK(child < 0 || waitpid(child, &status, 0) == child);
    CHECK(status == 0 || (WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT)); /* with a message */
}

static void use_everything(void)
{
    tine_frame f = tine__enter();
    CHECK(fib(f.worker, f.top, 18) == 2584);
    uint64_t expected = use_heap_tasks(&f);
    expected += use_scope(&f);
    expected += use_executor(&f);
    expected += use_jobs();
    expected += use_adapted(&f);
    spawn_heap_quick(&f, 1, true);
    expected++;
    pthread_t thread;
    if (__real_pthread_create(&thread, NULL, use_thread, NULL) == 0) {
        pthread_join(thread, NULL);
        expected += 301;
    }
    tine_sync_all();
    CHECK(GET(ran) == expected);
    if (!test_is_emulated() && !test_is_thread_sanitized())
        use_fork();
}

/* --- the runs ---------------------------------------------------------------------------------- */

static bool stopped_with_a_message(int status, int text_file)
{
    char text[2000];
    ssize_t n = pread(text_file, text, sizeof text - 1, 0);
    text[n > 0 ? n : 0] = '\0';
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return true;
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT && strstr(text, "tine: out of memory"))
        return true;
    fprintf(stderr, "status %#x, and on standard error:\n%s\n", (unsigned)status, text);
    return false;
}

/* One run in a child of the case. False: nothing failed in it, for there are not so many calls. */
static bool run_with(uint64_t memory, uint64_t threads, bool on)
{
    int text_file = (int)syscall(SYS_memfd_create, "stderr", 0);
    CHECK(text_file >= 0);
    memset(state, 0, sizeof *state);
    state->on = on;
    pid_t child = fork();
    if (child == 0) {
        dup2(text_file, STDERR_FILENO);
        state->memory_fails = memory;
        state->thread_fails = threads;
        use_everything();
        exit(0);
    }
    int status;
    CHECK(waitpid(child, &status, 0) == child);
    bool failed = state->failed > 0;
    if (!stopped_with_a_message(status, text_file)) {
        fprintf(stderr, "with memory call %lu or thread %lu failing%s\n", (unsigned long)memory,
                (unsigned long)threads, on ? ", and all later ones" : "");
        _exit(99);
    }
    close(text_file);
    return failed;
}

static void make_state(void)
{
    struct state *shared = __real_mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
                                       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CHECK(shared != MAP_FAILED);
    state = shared;
}

/* Faults that do not always come are looked for a few runs longer. */
static void for_every_n(bool memory, bool on)
{
    make_state();
    for (uint64_t n = 1, vain = 0; vain < 3; n++) {
        CHECK(n < 1000);
        vain = run_with(memory ? n : 0, memory ? 0 : n, on) ? 0 : vain + 1;
    }
}

static void memory_once(void)
{
    for_every_n(true, false);
}

static void memory_for_good(void)
{
    for_every_n(true, true);
}

static void threads_once(void)
{
    for_every_n(false, false);
}

static void threads_for_good(void)
{
    for_every_n(false, true);
}

/* Without any thread it all works on the caller, but for submit, which says no. */
static void no_threads_at_all(void)
{
    make_state();
    state->thread_fails = 1;
    state->on = 1;
    use_everything();
    tine_task *job = tine__pending_new(sizeof(struct capture_quick), 8);
    CHECK(job);
    CHECK(!tine__submit(NULL, job, run_quick, false));
    CHECK(!tine__submit(NULL, job, run_quick, false));
    tine__pending_free(job);
    tine_blocking_begin();
    tine_blocking_end();
}

/* Threads are to be had again a while after one could not be started: spawns find out, at first by
 * themselves, later when something else looks for a thread. */
TASK_FUNCTION(held)
static uint64_t begun, released;
static uint64_t held(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    ADD(begun, 1);
    UNTIL(GET(released) >= argument);
    return argument;
}

static void spawn_until_another_thread_runs_it(tine_frame *f, unsigned busy_ms)
{
    for (;;) {
        tine_task *task = spawn_held(f, 0);
        test_sleep_ms(busy_ms);
        bool begun_elsewhere = GET(begun) > 0;
        sync_held(f, task);
        if (begun_elsewhere)
            return;
        SET(begun, 0);
    }
}

static void threads_fail_for_a_moment(void)
{
    make_state();
    state->thread_fails = 1;
    tine_frame f = tine__enter();
    spawn_until_another_thread_runs_it(&f, 2);
}

static void threads_fail_for_a_while(void)
{
    make_state();
    state->thread_fails = 1;
    state->on = 1;
    tine_frame f = tine__enter();
    for (int i = 0; i < 1000; i++) {
        sync_held(&f, spawn_held(&f, 0));
        test_sleep_ms(1);
    }
    CHECK(GET(state->failed) > 1 && GET(state->failed) < 500); /* tried again, and not at each spawn */
    SET(begun, 0);
    SET(state->thread_fails, 0);
    tine_blocking_begin();
    tine_blocking_end();
    spawn_until_another_thread_runs_it(&f, 2);
}

/* No thread is wanted any more, since the one that was to be replaced has come back: spawns do not look. */
static void a_failure_when_nobody_is_wanted_any_more(void)
{
    make_state();
    state->thread_fails = 2;
    tine_frame f = tine__enter();
    tine_task *busy = spawn_held(&f, 1);
    UNTIL(GET(begun) == 1);
    tine_task *task = spawn_quick(&f, 1);
    tine_blocking_begin(); /* nobody runs it meanwhile */
    CHECK(GET(state->failed) == 1);
    tine_blocking_end();
    CHECK(sync_quick(&f, task) == 2);
    test_sleep_ms(5);
    sync_quick(&f, spawn_quick(&f, 1));
    CHECK(GET(f.worker->notify) == 0 || (uintptr_t)f.worker->split == UINTPTR_MAX);
    SET(released, 1);
    CHECK(sync_held(&f, busy) == 1);
}

/* The number of workers is changed when there is none but the caller. */
static void workers_are_added_after_a_failure(void)
{
    make_state();
    state->thread_fails = 1;
    state->on = 1;
    tine_frame f = tine__enter();
    sync_held(&f, spawn_held(&f, 0));
    CHECK(GET(state->failed) > 0);
    SET(state->thread_fails, 0);
    SET(begun, 0);
    CHECK(tine_executor_set_workers(NULL, 5) == 0);
    tine_task *task[4];
    for (int i = 0; i < 4; i++)
        task[i] = spawn_held(&f, 1);
    while (GET(begun) < 4) { /* each on a thread of its own */
        sync_quick(&f, spawn_quick(&f, 0));
        test_sleep_ms(1);
    }
    SET(released, 1);
    for (int i = 0; i < 4; i++)
        CHECK(sync_held(&f, task[i]) == 1);
}

/* Who waits looks again: nobody else would. */
static tine_executor *other;

static uint64_t wait_in_a_call(tine_worker *worker, tine_task *top)
{
    tine_frame f = tine__frame_shared(worker, top);
    tine_task *task = tine__heap_new(f.worker, sizeof(struct capture_held), 8);
    ((struct capture_held *)tine__payload(task))->argument = 1;
    tine__heap_push_on(other, &f, task, run_held, false);
    return join_held(&f, task);
}

TASK_FUNCTION(release)
static uint64_t release(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    SET(released, 1);
    return argument;
}

static void a_failure_before_a_sync(void)
{
    make_state();
    state->thread_fails = 2;
    tine_frame f = tine__enter();
    other = tine_executor_new(NULL);
    tine_task *task = spawn_release(&f, 1);
    CHECK(wait_in_a_call(f.worker, f.top) == 1);
    CHECK(sync_release(&f, task) == 1);
    CHECK(GET(state->failed) == 1);
    tine_executor_free(other);
}

TASK_FUNCTION(submits)
static uint64_t submits(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    tine_task *job = tine__pending_new(sizeof(struct capture_release), 8);
    CHECK(job && tine__submit(NULL, job, run_release, false));
    tine__pending_wait(job, "test");
    tine__pending_free(job);
    return argument;
}

static void a_failure_before_a_wait(void)
{
    make_state();
    state->thread_fails = 2;
    tine__enter(); /* the only worker does not look at the runtime */
    tine_task *job = tine__pending_new(sizeof(struct capture_submits), 8);
    CHECK(job && tine__submit(NULL, job, run_submits, true));
    UNTIL(GET(released));
    CHECK(GET(state->failed) == 1);
}

/* The only worker blocks elsewhere, and does not come back until its task has begun. */
static void a_failure_before_a_block(void)
{
    make_state();
    state->thread_fails = 1;
    tine_frame f = tine__enter();
    tine_task *task = spawn_held(&f, 1);
    tine_blocking_begin();
    CHECK(GET(state->failed) == 1);
    UNTIL(GET(begun) == 1);
    SET(released, 1);
    tine_blocking_end();
    CHECK(sync_held(&f, task) == 1);
}

/* Nor can any be started later: it is not kept from what it does. */
static void failures_before_a_block(void)
{
    make_state();
    state->thread_fails = 1;
    state->on = 1;
    tine_frame f = tine__enter();
    tine_task *task = spawn_held(&f, 1);
    tine_blocking_begin();
    uint64_t failed = GET(state->failed);
    CHECK(failed > 1 && failed < 20);
    tine_blocking_end();
    tine_blocking_begin(); /* once more, not once more as long */
    CHECK(GET(state->failed) <= failed + 1);
    SET(released, 1);
    tine_blocking_end();
    CHECK(sync_held(&f, task) == 1);
}

/* Address space runs out in the midst of a million pending tasks. */
static void address_space(void)
{
    if (test_is_slow())
        return;
    make_state();
    int text_file = (int)syscall(SYS_memfd_create, "stderr", 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(text_file, STDERR_FILENO);
        tine_frame f = tine__enter();
        fib(f.worker, f.top, 20);
        size_t count = 1000000;
        tine_task **task = __real_malloc(count * sizeof *task);
        struct rlimit limit = {(rlim_t)64 << 20, (rlim_t)64 << 20};
        CHECK(setrlimit(RLIMIT_AS, &limit) == 0);
        for (uint64_t i = 0; i < count; i++)
            task[i] = spawn_heap_quick(&f, i, false);
        for (uint64_t i = 0; i < count; i++)
            CHECK(join_quick(&f, task[i]) == i + 1);
        exit(0);
    }
    int status;
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(stopped_with_a_message(status, text_file));
}

int main(int argc, char **argv)
{
    static const struct test_case cases[] = {
        {"memory_once", memory_once, "3", NULL, 0},
        {"memory_for_good", memory_for_good, "3", NULL, 0},
        {"memory_once_1", memory_once, "1", NULL, 0},
        {"memory_for_good_1", memory_for_good, "1", NULL, 0},
        {"threads_once", threads_once, "3", NULL, 0},
        {"threads_for_good", threads_for_good, "3", NULL, 0},
        {"threads_for_good_1", threads_for_good, "1", NULL, 0},
        {"no_threads_at_all", no_threads_at_all, "4", NULL, 0},
        {"threads_fail_for_a_moment", threads_fail_for_a_moment, "2", NULL, 0},
        {"threads_fail_for_a_while", threads_fail_for_a_while, "2", NULL, 0},
        {"a_failure_when_nobody_is_wanted_any_more", a_failure_when_nobody_is_wanted_any_more, "2", NULL, 0},
        {"workers_are_added_after_a_failure", workers_are_added_after_a_failure, "4", NULL, 0},
        {"a_failure_before_a_sync", a_failure_before_a_sync, "1", NULL, 0},
        {"a_failure_before_a_wait", a_failure_before_a_wait, "1", NULL, 0},
        {"a_failure_before_a_block", a_failure_before_a_block, "1", NULL, 0},
        {"failures_before_a_block", failures_before_a_block, "1", NULL, 0},
        {"address_space", address_space, "2", NULL, 0},
    };
    return cases_main(argc, argv, cases, COUNT_OF(cases));
}
