/* Executors: making and ending them, the global one, and the workers that belong to them. */
#include "worker.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

__thread tine_worker *tine__self __attribute__((tls_model("initial-exec")));

extern const struct debugger tine__debugger; /* debugger.c; nobody but a debugger reads it */

static struct tine_executor *global;            /* set once, under creating */
struct tine_executor *tine__executors;          /* all, for fork and debuggers; guarded by creating */
static pthread_mutex_t creating = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t ending = PTHREAD_MUTEX_INITIALIZER; /* one tine_sync_all at a time */
static pthread_key_t detach_key;                /* its destructor: detach */
static bool detach_key_made;

/* --- workers ----------------------------------------------------------------------------------- */

/* A task stack of the wanted size, or of what there is. */
static bool reserve_stack(struct worker *worker, size_t bytes)
{
    size_t page = os_page_size();
    for (; bytes >= 4 * page; bytes /= 2) {
        size_t rounded = (bytes + page - 1) / page * page;
        char *memory = os_reserve(ALT_STACK_BYTES + rounded);
        if (memory) {
            worker->alt_stack = memory;
            worker->stack = (tine_task *)(memory + ALT_STACK_BYTES);
            worker->stack_bytes = rounded;
            return true;
        }
    }
    return false;
}

/* Workers of executors that were freed. They are never given back: tasks that they made may still be
 * waited for elsewhere, and late wakes may reach them; the next executor takes them over. */
static struct worker *retired; /* linked by next_sleeper; guarded by retired_lock */
static struct spin_lock retired_lock;

static struct worker *take_retired(size_t stack_bytes)
{
    spin_lock(&retired_lock);
    struct worker **link = &retired;
    while (*link && (*link)->stack_bytes < stack_bytes)
        link = &(*link)->next_sleeper;
    struct worker *worker = *link;
    if (worker)
        *link = worker->next_sleeper;
    spin_unlock(&retired_lock);
    if (worker)
        tsan_acquire(worker); /* partner: worker_retire */
    return worker;
}

static void worker_retire(struct worker *worker)
{
    tsan_release(worker); /* partner: take_retired */
    spin_lock(&retired_lock);
    worker->next_sleeper = retired;
    retired = worker;
    spin_unlock(&retired_lock);
}

static struct worker *worker_new(struct tine_executor *executor)
{
    size_t stack_bytes = executor->stack_size * TASK_STACK_FACTOR;
    struct worker *worker = take_retired(stack_bytes);
    if (!worker) {
        worker = aligned_alloc(CACHE_LINE, sizeof *worker);
        if (!worker)
            return NULL;
        memset(worker, 0, sizeof *worker);
        if (!reserve_stack(worker, stack_bytes)) {
            free(worker);
            return NULL;
        }
    }
    worker->executor = executor;
    worker->last_victim = NULL;
    worker->held_begun = worker->held_ended = 0;
    memset(&worker->counters, 0, sizeof worker->counters);
    worker->stack[0].fn = TINE__HOLE;
    tine_task *first = worker->stack + 1;
    worker->abi.top = worker->tail = worker->root.top = first;
    worker->public = executor->barrier ? first : (tine_task *)UINTPTR_MAX;
    worker->abi.split = worker->public;
    worker->context = &worker->root;
    worker->random = (uint32_t)((uintptr_t)worker >> 6) | 1;
    return worker;
}

/* Makes room for one more in the array; thieves may still read the old one, which stays allocated
 * behind the new one's last entry. The lock is held. */
static bool grow_workers(struct tine_executor *executor)
{
    unsigned room = executor->worker_room ? executor->worker_room * 2 : 16;
    struct worker **array = calloc(room + 1, sizeof *array);
    if (!array)
        return false;
    tsan_acquire(executor); /* calloc and memcpy are seen by it, the lock is not */
    if (executor->workers)
        memcpy(array, executor->workers, executor->worker_count * sizeof *array);
    array[room] = (struct worker *)executor->workers;
    tsan_release(executor);
    store_release(&executor->workers, array);
    executor->worker_room = room;
    return true;
}

/* A worker for a thread: one that was given back, or a new one. NULL: no memory. */
struct worker *executor_add_worker(struct tine_executor *executor, bool pooled)
{
    spin_lock(&executor->lock);
    struct worker *worker = executor->free_workers;
    if (worker)
        executor->free_workers = worker->next_sleeper;
    spin_unlock(&executor->lock);
    if (worker)
        tsan_acquire(worker); /* partner: detach */
    bool fresh = !worker;
    if (fresh)
        worker = worker_new(executor);
    if (!worker)
        return NULL;
    store_relaxed(&worker->pooled, pooled);
    worker->counted = pooled;
    store_relaxed(&worker->abi.notify, 1);
    spin_lock(&executor->lock);
    bool room = !fresh || executor->worker_count < executor->worker_room || grow_workers(executor);
    if (fresh && room) {
        worker->index = executor->worker_count;
        executor->workers[executor->worker_count] = worker;
        store_release(&executor->worker_count, executor->worker_count + 1);
    }
    spin_unlock(&executor->lock);
    if (room)
        return worker;
    worker_retire(worker);
    return NULL;
}

/* A foreign thread ends: its worker goes to the next one. What is in its queue can still be stolen. A
 * thread of ours has no worker by now, unless a task, or a call at its end, ends the thread. */
static void detach(void *argument)
{
    struct worker *worker = argument;
    struct tine_executor *executor = worker->executor;
    if (!tine__self)
        return;
    if (worker->pooled || worker->abi.depth > 0 || worker->context != &worker->root ||
        tine__top(&worker->abi) != worker->stack + 1)
        os_fatal("a thread ended (pthread_exit, cancellation) inside a task, or with a task that it "
                 "has spawned and not synced");
    tine__self = NULL;
    fault_unwatch_thread(worker);
    tsan_release(worker); /* partner: executor_add_worker */
    spin_lock(&executor->lock);
    if (worker->counted && worker->away == 0)
        store_relaxed(&executor->running, executor->running - 1);
    else if (worker->counted)
        store_relaxed(&executor->absent, executor->absent - 1);
    worker->counted = false;
    worker->away = worker->blocking = worker->polls = 0;
    pool_end_loan(worker);
    worker->aside = false;
    worker->next_sleeper = executor->free_workers;
    executor->free_workers = worker;
    spin_unlock(&executor->lock);
    pool_look(executor);
}

/* The calling thread has the worker from now on. */
void executor_watch_end(struct worker *worker)
{
    if (detach_key_made)
        pthread_setspecific(detach_key, worker);
}

tine_worker *tine__attach(void)
{
    int *error = os_errno(), saved = *error;
    struct tine_executor *executor = executor_global();
    struct worker *worker = executor_add_worker(executor, false);
    if (!worker)
        os_fatal("out of memory: no worker for this thread");
    spin_lock(&executor->lock);
    if (executor->starter_counts) {
        executor->starter_counts = false;
        worker->counted = true;
        store_relaxed(&executor->running, executor->running + 1);
    }
    /* Under the lock: who goes to sleep after it sets notify again. */
    if (executor->running >= executor->target && executor->barrier)
        store_relaxed(&worker->abi.notify, 0);
    spin_unlock(&executor->lock);
    executor_watch_end(worker);
    fault_watch_thread(worker);
    worker->abi.error = error;
    tine__self = &worker->abi;
    *error = saved;
    return &worker->abi;
}

/* --- executors --------------------------------------------------------------------------------- */

/* TINE_WORKERS, or the CPUs that this process may use. */
static unsigned default_workers(void)
{
    const char *text = getenv("TINE_WORKERS");
    if (text && *text) {
        char *end;
        errno = 0;
        long number = strtol(text, &end, 10);
        if (*end || errno || number < 1 || number > MAX_WORKERS)
            os_fatal("TINE_WORKERS is '%.40s'; it must be a number from 1 to %d", text, MAX_WORKERS);
        return (unsigned)number;
    }
    unsigned cpus = os_cpus();
    return cpus > MAX_WORKERS ? MAX_WORKERS : cpus;
}

/* The caller holds creating. */
static struct tine_executor *executor_new(const tine_executor_config *config)
{
    struct tine_executor *executor = aligned_alloc(CACHE_LINE, (sizeof *executor + CACHE_LINE - 1) /
                                                                   CACHE_LINE * CACHE_LINE);
    if (!executor)
        return NULL;
    memset(executor, 0, sizeof *executor);
    executor->target = config->workers ? config->workers : default_workers();
    executor->reserve = config->reserve ? config->reserve : 256;
    size_t least = os_stack_size();
    executor->stack_size = config->stack_size ? config->stack_size : least;
    executor->pin = config->pin;
    if (executor->pin)
        topology_cpu(0); /* read here once, not by all threads at their start */
    snprintf(executor->name, sizeof executor->name, "%.11s", config->name ? config->name : "tine");
    executor->barrier = os_barrier_init();
    executor->root.root = true;
    executor->next = tine__executors;
    tine__executors = executor;
    return executor;
}

static void executor_release(struct tine_executor *executor)
{
    for (unsigned i = 0; i < executor->worker_count; i++)
        worker_retire(executor->workers[i]);
    for (struct worker **array = executor->workers; array;) {
        struct worker **older = (struct worker **)array[executor->worker_room];
        free(array);
        array = older;
        executor->worker_room /= 2;
    }
    free(executor);
}

/* Waits for all that was injected or handed over. */
static void jobs_wait(struct tine_executor *executor)
{
    for (uint32_t jobs; (jobs = load_acquire(&executor->jobs)) != 0;)
        os_wait(&executor->jobs, jobs);
}

static bool at_rest(struct worker *worker)
{
    spin_lock(&worker->lock);
    bool rests = worker->context == &worker->root && load_relaxed(&worker->stack[1].fn) == NULL &&
                 load_acquire(&worker->awaited) == NULL;
    spin_unlock(&worker->lock);
    return rests;
}

/* Whether the root ends with the calling thread: it has started the executor, and no thread but those of the
 * pool is in the midst of anything. Then a task that runs or is in line has a handle that was overwritten, or
 * went with its memory: such a task is detached. */
static bool root_ends(const struct worker *self)
{
    unsigned workers = load_acquire(&global->worker_count);
    struct worker **all = load_acquire(&global->workers);
    for (unsigned i = 0; i < workers; i++)
        if (!load_relaxed(&all[i]->pooled) && !at_rest(all[i]))
            return false;
    return self->counted;
}

/* Waits for the root's detached tasks, and held ones if they are wanted. */
static void wait_for_root(struct worker *worker, bool held)
{
    struct tine_executor *executor = worker->executor;
    pthread_mutex_lock(&ending);
    struct scope *root = &executor->root;
    store_release(&root->owner, worker);
    struct wait wait = {
        .scope = root,
        .held = held,
        .top = tine__top(&worker->abi),
        .own = {.kind = FILTER_OWN,
                .floor = worker->stack + 1,
                .heap_floor = load_relaxed(&worker->queue_top)},
    };
    wait_until(worker, &wait);
    store_relaxed(&executor->watched, false);
    store_release(&root->owner, NULL);
    tsan_acquire(&root->pending);
    pthread_mutex_unlock(&ending);
}

/* Whether nothing is left that exit waits for. A job that has ended may have left a task behind, and that one
 * a job: so no job may have begun between the look at the jobs and the one at the tasks. */
static bool all_ended(const struct tine_executor *executor, bool held)
{
    uint32_t begun = load_acquire(&executor->jobs_begun);
    return load_acquire(&executor->jobs) == 0 &&
           (held ? executor_idle(executor) : scope_ended(&executor->root)) &&
           load_acquire(&executor->jobs_begun) == begun;
}

/* exit: what was detached and submitted still ends, and the threads too. Where exit comes in the midst of
 * tasks, nobody waits for them any more, nor for the threads that run them. Not inside a task: that would
 * wait for itself; then the process ends with them all. */
static void end_global(void)
{
    struct worker *worker = worker_of(tine__self ? tine__self : tine__attach());
    if (worker->abi.depth > 0 || worker->pooled) /* pooled: called by tine_when_ended */
        return;
    bool held = root_ends(worker);
    do { /* either may leave some of the other */
        wait_for_root(worker, held);
        if (load_acquire(&global->jobs) > 0) {
            tine_blocking_begin(); /* the jobs have its place */
            jobs_wait(global);
            tine_blocking_end();
        }
    } while (!all_ended(global, held));
    pool_stop(global, !held);
    const char *stats = getenv("TINE_STATS");
    if (stats && *stats && strcmp(stats, "0") != 0)
        stats_print(global);
}

static void before_fork(void);
static void after_fork_parent(void);
static void after_fork_child(void);

struct tine_executor *executor_global(void)
{
    struct tine_executor *executor = load_acquire(&global);
    if (executor)
        return executor;
    pthread_mutex_lock(&creating);
    if (!global) {
        static const tine_executor_config defaults;
        executor = executor_new(&defaults);
        if (!executor)
            os_fatal("out of memory: no global executor");
        executor->starter_counts = true;
        __asm__ volatile("" : : "r"(&tine__debugger)); /* so that static links have it */
        detach_key_made = detach_key_made || pthread_key_create(&detach_key, detach) == 0;
        static bool registered;
        if (!registered) {
            registered = true;
            if (pthread_atfork(before_fork, after_fork_parent, after_fork_child) != 0 ||
                atexit(end_global) != 0)
                os_fatal("out of memory: no handlers of fork and exit");
            fault_init();
        }
        store_release(&global, executor);
    }
    executor = global;
    pthread_mutex_unlock(&creating);
    return executor;
}

tine_executor *tine_executor_new(const tine_executor_config *config)
{
    static const tine_executor_config defaults;
    if (!config)
        config = &defaults;
    if (config->workers > MAX_WORKERS || config->reserve > MAX_WORKERS * 16u ||
        (config->stack_size && config->stack_size < os_stack_size()) ||
        config->stack_size > SIZE_MAX / (2 * TASK_STACK_FACTOR)) {
        errno = EINVAL;
        return NULL;
    }
    executor_global(); /* fork and exit are its business */
    pthread_mutex_lock(&creating);
    struct tine_executor *executor = executor_new(config);
    pthread_mutex_unlock(&creating);
    if (!executor)
        errno = ENOMEM;
    return executor;
}

/* An executor without threads, for adapt.c to fill in. */
struct tine_executor *executor_new_adapted(void)
{
    static const tine_executor_config one = {.workers = 1};
    executor_global();
    pthread_mutex_lock(&creating);
    struct tine_executor *executor = executor_new(&one);
    pthread_mutex_unlock(&creating);
    return executor;
}

void tine_executor_free(tine_executor *executor)
{
    if (!executor)
        return;
    if (executor == load_acquire(&global))
        os_fatal("tine_executor_free: the global executor ends with the process");
    struct worker *worker = self_worker();
    if (worker && worker->executor == executor)
        os_fatal("tine_executor_free: called by one of the executor's own tasks");
    tine_blocking_begin(); /* in a task of another one: what ends here may need its place */
    jobs_wait(executor);
    if (!executor->adapted)
        pool_stop(executor, false);
    else if (executor->adapted->destroy)
        executor->adapted->destroy(executor->adapted_context);
    while (!executor_idle(executor)) /* another one's worker runs a task of it for its sync */
        os_wait_for(&executor->ends, load_relaxed(&executor->ends), JOIN_LOOK_NS);
    tine_blocking_end();
    pthread_mutex_lock(&creating);
    struct tine_executor **link = &tine__executors;
    while (*link != executor)
        link = &(*link)->next;
    *link = executor->next;
    pthread_mutex_unlock(&creating);
    executor_release(executor);
}

unsigned tine_executor_workers(tine_executor *executor)
{
    executor = executor ? executor : executor_global();
    if (executor->adapted)
        return executor->adapted->workers ? executor->adapted->workers(executor->adapted_context) : 1;
    return load_relaxed(&executor->target);
}

int tine_executor_set_workers(tine_executor *executor, unsigned workers)
{
    if (workers < 1 || workers > MAX_WORKERS)
        return EINVAL;
    executor = executor ? executor : executor_global();
    if (executor->adapted)
        return EINVAL;
    spin_lock(&executor->lock);
    store_relaxed(&executor->target, workers);
    spin_unlock(&executor->lock);
    pool_look(executor);
    return 0;
}

void tine_sync_all(void)
{
    struct tine_executor *executor = load_acquire(&global);
    if (!executor)
        return;
    struct worker *worker = worker_of(tine__self ? tine__self : tine__attach());
    if (worker->abi.depth > 0)
        os_fatal("sync_all: called inside a task; it waits for all tasks and so for itself");
    wait_for_root(worker, true);
}

/* --- fork -------------------------------------------------------------------------------------- */

static void before_fork(void)
{
    pthread_mutex_lock(&creating);
    for (struct tine_executor *e = tine__executors; e; e = e->next)
        spin_lock(&e->lock);
}

static void after_fork_parent(void)
{
    for (struct tine_executor *e = tine__executors; e; e = e->next)
        spin_unlock(&e->lock);
    pthread_mutex_unlock(&creating);
}

/* What the child's one thread has queued is the parent's business too, where it will run; a handle
 * that the child holds can still be synced there, which runs the task here. */
static void forget_queue(struct worker *self)
{
    for (uint32_t i = self->queue_top; i != self->queue_bottom; i++)
        heap_of(self->queue[i & self->queue_mask])->entry = ENTRY_NONE;
    self->queue_top = self->searched.to = self->queue_bottom;
    for (struct context *c = self->context; c; c = c->parent)
        if (c->scope && c->scope->pending > 1)
            c->scope->lost = true;
}

/* The child's one thread keeps its worker, for the frames that go on. */
static void keep_worker(struct tine_executor *executor, struct worker *self)
{
    executor->workers[0] = self;
    executor->worker_count = 1;
    executor->running = 1;
    self->index = 0;
    self->stray = self->pooled;
    self->pooled = self->started = false;
    self->counted = true;
    self->away = self->blocking = self->polls = 0;
    self->aside = self->lends = false;
    self->requested = false;
    self->held_begun = self->held_ended = 0;
    self->public = executor->barrier ? self->public : (tine_task *)UINTPTR_MAX;
    self->abi.split = self->public;
    self->abi.notify = 1;
    forget_queue(self);
}

/* In the child only this thread lives. What other threads ran or had queued stays the parent's
 * business; locks that they held are open again; threads start anew when needed. */
static void after_fork_child(void)
{
    struct worker *self = self_worker();
    heap_after_fork();
    os_after_fork();
    for (struct tine_executor *e = tine__executors; e; e = e->next) {
        for (unsigned i = 0; i < e->worker_count; i++) {
            e->workers[i]->dead = e->workers[i] != self;
            e->workers[i]->lock.word = e->workers[i]->seat.lock.word = 0;
            if (e->workers[i] != self)
                e->workers[i]->seat.state = SEAT_FIXED;
        }
        e->worker_count = 0;
        e->sleepers = e->waiters = e->free_workers = NULL;
        e->inject_head = e->inject_tail = NULL;
        e->injected = e->threads = e->alive = e->running = e->pool_running = 0;
        e->searching = e->starting = 0;
        e->jobs = e->absent = e->pool_absent = e->lent = 0;
        e->root.pending = 0;
        e->held_ended = 0;
        e->watched = false;
        e->barrier = os_barrier_init();
        e->starter_counts = e == global;
        if (self && self->executor == e) {
            e->starter_counts = false;
            keep_worker(e, self);
        }
        e->lock.word = 0;
    }
    for (struct worker *w = retired; w; w = w->next_sleeper)
        w->lock.word = w->seat.lock.word = 0;
    retired_lock.word = 0;
    pthread_mutex_init(&ending, NULL);
    pthread_mutex_unlock(&creating);
}
