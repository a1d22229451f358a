/* Running tasks out of line, and waiting for them while running others. */
#include "worker.h"

#include <stddef.h>
#include <string.h>

/* acquire: pairs with the exchange in end_task; orders the task's writes before the waiter's reads. */
static bool task_done(const tine_task *task)
{
    return load_acquire(&task->thief) == TASK_DONE;
}

/* Ends a submitted task. From the exchange on it is its waiter's; the call is read before. release:
 * partner api.c:tine__pending_ready. */
static void end_pending(struct heap_task *heap)
{
    uint32_t *ended = &heap->ended;
    uint32_t state = load_acquire(ended);
    void (*call)(void *) = NULL;
    void *argument = NULL;
    tsan_release(ended);
    do {
        if (state == PENDING_CALL) {
            call = heap->call;
            argument = heap->argument;
        }
    } while (!compare_exchange(ended, &state, PENDING_ENDED));
    os_wake(ended);
    if (call)
        call(argument);
}

/* Ends a task that somebody holds a handle of. */
static void end_awaited(tine_task *task)
{
    tsan_release(&task->thief);
    uintptr_t old = exchange(&task->thief, TASK_DONE, __ATOMIC_ACQ_REL);
    if (old & TASK_WAITED)
        worker_unpark((struct worker *)(old & ~TASK_WAITED));
}

/* The last touch of a task by its runner. */
static void end_task(struct worker *worker, tine_task *task)
{
    if (tine__on_stack(task)) {
        end_awaited(task);
        return;
    }
    struct heap_task *heap = heap_of(task);
    uint8_t flags = heap->flags;
    struct scope *scope = flags & HEAP_PENDING ? NULL : heap->scope;
    bool held = flags & HEAP_HELD && heap->generation == heap_generation;
    struct tine_executor *holder = held ? heap->home->executor : NULL;
    if (flags & HEAP_DETACHED)
        queue_release(worker, task);
    else if (flags & HEAP_PENDING)
        end_pending(heap);
    else
        end_awaited(task);
    scope_remove(scope);
    if (holder)
        held_end(worker, holder);
    if ((flags & (HEAP_INJECTED | HEAP_ADAPTED)) == HEAP_INJECTED)
        job_ended(worker->executor);
}

/* release: partner leapfrog and steal.c:waits_within in other threads. */
static void set_awaited(struct worker *worker, tine_task *task, struct worker *runner)
{
    store_release(&worker->awaited_runner, runner);
    store_release(&worker->awaited, task);
}

/* Runs a task that this worker has claimed, with top as its first free slot. While its context stands the
 * worker awaits only what is awaited inside it: see steal.c:chain_holds. */
void run_stolen(struct worker *worker, const struct stolen *stolen, tine_task *top)
{
    struct running running = {.run = stolen->run};
    tine_task *awaited = worker->awaited;
    struct worker *awaited_runner = worker->awaited_runner;
    set_awaited(worker, NULL, NULL);
    context_push(worker, &running.context, stolen->scope, stolen->task, top);
    worker->abi.top = top;
    worker->abi.depth++;
    COUNT(worker->counters.run, 1);
    tsan_acquire((void *)&stolen->task->fn);
    stolen->run(&worker->abi, top, stolen->task);
    pool_end_polls(worker);
    worker->abi.depth--;
    worker->abi.top = top;
    context_pop(worker, &running.context);
    set_awaited(worker, awaited, awaited_runner);
    end_task(worker, stolen->task);
}

/* Who runs a task; NULL: nobody yet, or it has ended, or its waiter stands there instead. */
static struct worker *runner_of(const tine_task *task)
{
    uintptr_t state = load_acquire(&task->thief);
    return state > TASK_DONE && !(state & TASK_WAITED) ? (struct worker *)state : NULL;
}

/* Steals from whoever runs the awaited task what was spawned since it began, and, when that one
 * waits in turn, from the one it waits for (leapfrogging: Wagner and Calder, PPoPP 1993). */
static bool leapfrog(struct worker *worker, struct stolen *stolen)
{
    struct chain chain = {.length = 0};
    struct worker *waiter = worker;
    while (chain.length < MAX_HOPS) {
        tine_task *task = load_acquire(&waiter->awaited);
        struct worker *runner = task ? load_acquire(&waiter->awaited_runner) : NULL;
        if (!runner || runner->executor != worker->executor)
            return false;
        chain.waiter[chain.length] = waiter;
        chain.task[chain.length++] = task;
        struct filter since = {.kind = FILTER_SINCE, .chain = &chain, .task = task};
        if (runner != worker && steal_from(worker, runner, &since, stolen))
            return true;
        waiter = runner;
    }
    return false;
}

/* From the lines of foreign threads, to an executor that they do not belong to: see scope_wake. */
static bool steal_from_foreign(struct worker *worker, const struct filter *filter,
                               struct stolen *stolen)
{
    struct tine_executor *global = executor_global();
    unsigned count = global == worker->executor ? 0 : load_acquire(&global->worker_count);
    struct worker **workers = load_acquire(&global->workers);
    for (unsigned i = 0; i < count; i++)
        if (!load_relaxed(&workers[i]->pooled) && steal_queued(worker, workers[i], filter, stolen))
            return true;
    return false;
}

/* Takes a task that counts in the scope, from anywhere. From its own queue too: where older tasks were taken
 * inside the scope, newer ones lie below the place where the queue ended at its begin. */
static bool steal_in_scope(struct worker *worker, const struct wait *wait, bool surely,
                           struct stolen *stolen)
{
    struct filter in_scope = {
        .kind = FILTER_SCOPE, .scope = wait->scope, .held = wait->held, .surely = surely};
    unsigned count = load_acquire(&worker->executor->worker_count);
    struct worker **workers = load_acquire(&worker->executor->workers);
    for (unsigned i = 0; i < count; i++)
        if (workers[i] != worker && steal_from(worker, workers[i], &in_scope, stolen))
            return true;
    return steal_queued(worker, worker, &in_scope, stolen) ||
           steal_from_foreign(worker, &in_scope, stolen);
}

static struct tine_executor *executor_of(struct scope *root)
{
    return (struct tine_executor *)((char *)root - offsetof(struct tine_executor, root));
}

static bool ended(const struct wait *wait)
{
    if (wait->task)
        return task_done(wait->task);
    return wait->held ? executor_idle(executor_of(wait->scope)) : scope_ended(wait->scope);
}

/* Finds a task that the waiting one may run. surely: misses none of a scope's, which perhaps nobody else would
 * come for (a foreign thread's line), because a lock is taken; what is awaited as a task has its runner. */
static bool find_help(struct worker *worker, const struct wait *wait, bool surely,
                      struct stolen *stolen)
{
    return steal_own(worker, wait->top, &wait->own, stolen) ||
           (wait->task ? leapfrog(worker, stolen) : steal_in_scope(worker, wait, surely, stolen));
}

static bool help(struct worker *worker, const struct wait *wait)
{
    struct stolen stolen;
    if (!find_help(worker, wait, false, &stolen))
        return false;
    run_stolen(worker, &stolen, wait->top);
    return true;
}

/* In a forked child: what other threads ran, or would have run, stayed in the parent. */
static bool task_lost(tine_task *task, const struct worker *runner)
{
    if (runner && load_relaxed(&runner->dead))
        return true;
    const struct heap_task *heap = tine__on_stack(task) ? NULL : heap_of(task);
    return heap && heap->generation != heap_generation && heap->flags & HEAP_INJECTED;
}

static void stop_if(bool lost)
{
    if (lost)
        os_fatal("a task that is waited for stayed in the parent process at fork; the wait cannot end");
}

static void stop_if_lost(const struct worker *worker, const struct wait *wait)
{
    stop_if(wait->scope ? wait->scope->lost : task_lost(wait->task, worker->awaited_runner));
}

/* Asks whoever ends what is awaited for a wake. False: it has ended. */
static bool ask_wake(struct worker *worker, const struct wait *wait)
{
    if (!wait->task && wait->scope->root) {
        fetch_add(&wait->scope->pending, 1, __ATOMIC_RELAXED);
        held_watch(executor_of(wait->scope));
        return true; /* sleep_on looks again */
    }
    if (!wait->task) {
        if (fetch_add(&wait->scope->pending, 1, __ATOMIC_ACQ_REL) != 0)
            return true;
        fetch_add(&wait->scope->pending, (uintptr_t)-1, __ATOMIC_RELAXED);
        return false;
    }
    uintptr_t state = load_acquire(&wait->task->thief);
    while (state != TASK_DONE)
        if (compare_exchange(&wait->task->thief, &state, (uintptr_t)worker | TASK_WAITED))
            return true;
    return false;
}

/* Sleeps until the awaited has ended or there may be something to help with. */
static void sleep_on(struct worker *worker, const struct wait *wait)
{
    struct stolen stolen;
    pool_begin_wait(worker);
    /* From here on a spawner sees that this worker sleeps: one more look. */
    bool found = find_help(worker, wait, true, &stolen);
    if (!found && !ended(wait)) {
        uint64_t ns = pool_sleep_ns(worker->executor);
        if (ns > 0)
            worker_park_for(worker, ns);
        else
            worker_park(worker);
    }
    bool chosen = pool_end_wait(worker);
    if (chosen && (found || ended(wait)))
        pool_look(worker->executor); /* a spawner has woken this one for its task, in nobody else's stead */
    if (found)
        run_stolen(worker, &stolen, wait->top);
}

/* Waits, running meanwhile only what the waiting task spawned, what the awaited one has spawned
 * since it began, and descendants of these: a lock held across the wait cannot meet a stranger. */
void wait_until(struct worker *worker, const struct wait *wait)
{
    tine_task *outer_awaited = worker->awaited;
    struct worker *outer_runner = worker->awaited_runner;
    uint64_t since = 0;
    bool asked = false;
    worker->abi.top = wait->top;
    pool_end_polls(worker);
    set_awaited(worker, wait->task, NULL);
    while (!ended(wait)) {
        if (wait->task && !asked)
            set_awaited(worker, wait->task, runner_of(wait->task));
        stop_if_lost(worker, wait);
        if (help(worker, wait)) {
            since = 0;
            continue;
        }
        if (since == 0)
            since = os_now();
        for (int i = 0; i < 16 && !ended(wait); i++)
            cpu_relax();
        if (os_now() - since < WAIT_SPIN_NS)
            continue;
        if (!asked && !ask_wake(worker, wait))
            break;
        asked = true;
        sleep_on(worker, wait);
        since = 0;
    }
    if (asked && wait->scope)
        fetch_add(&wait->scope->pending, (uintptr_t)-1, __ATOMIC_RELAXED);
    set_awaited(worker, outer_awaited, outer_runner);
    worker->abi.top = wait->top;
}

static _Noreturn void not_spawned(const char *where)
{
    os_fatal("%s: the flowvar is not spawned", where);
}

/* Runs a heap task here if nobody has begun it. */
static bool run_here(struct worker *worker, tine_task *task, tine_task *top)
{
    struct heap_task *heap = heap_of(task);
    uintptr_t pending = 0;
    if (heap->flags & HEAP_INJECTED || load_relaxed(&task->thief) != 0 ||
        !compare_exchange(&task->thief, &pending, (uintptr_t)worker))
        return false;
    struct stolen stolen = {.task = task, .run = task->fn, .scope = heap->scope};
    run_stolen(worker, &stolen, top);
    return true;
}

void tine__join(tine_frame *frame, tine_task *task, const char *where)
{
    if (!task)
        not_spawned(where);
    struct worker *worker = worker_of(frame->worker);
    int *error = os_errno(), saved = *error;
    if (!run_here(worker, task, frame->top)) {
        struct wait wait = {
            .task = task,
            .top = frame->top,
            .own = {.kind = FILTER_OWN, .floor = frame->base, .heap_floor = frame->heap_base},
        };
        wait_until(worker, &wait);
    }
    tsan_acquire(&task->thief);
    *error = saved;
}

void tine__free(tine_frame *frame, tine_task *task)
{
    queue_release(worker_of(frame->worker), task);
}

bool tine__is_ready(tine_frame *frame, tine_task *task, const char *where)
{
    if (!task)
        not_spawned(where);
    int *error = os_errno(), saved = *error;
    bool ready = task_done(task) || run_here(worker_of(frame->worker), task, frame->top);
    if (!ready) {
        struct worker *worker = worker_of(frame->worker);
        struct wait wait = {
            .task = task,
            .top = frame->top,
            .own = {.kind = FILTER_OWN, .floor = frame->base, .heap_floor = frame->heap_base},
        };
        stop_if(task_lost(task, runner_of(task)));
        if (!help(worker, &wait))
            pool_poll(worker);
        worker->abi.top = frame->top;
        ready = task_done(task);
    }
    if (ready) {
        tsan_acquire(&task->thief); /* partner: end_awaited */
        pool_end_polls(worker_of(frame->worker));
    }
    *error = saved;
    return ready;
}

tine_task *tine__heap_new(tine_worker *worker, size_t size, size_t align)
{
    size_t room = size + (align > TINE__PAYLOAD_ALIGN ? align : 0);
    return task_of(heap_new(worker_of(worker), room));
}

void tine__heap_push(tine_frame *frame, tine_task *task, tine_run_fn *run, bool detached)
{
    struct worker *worker = worker_of(frame->worker);
    struct heap_task *heap = heap_of(task);
    heap->fn = run;
    heap->flags |= detached ? HEAP_DETACHED : 0;
    struct scope *scope = heap->scope = scope_for(worker, worker->executor, detached);
    if (scope)
        scope_add(scope);
    else
        held_begin(worker, heap);
    COUNT(worker->counters.heap, 1);
    worker->abi.top = frame->top;
    tsan_release((void *)&task->fn);
    /* At once where nobody would come for it: no memory, or the process is ending. */
    if (heap->flags & HEAP_INLINE || load_relaxed(&worker->executor->over) ||
        !queue_push(worker, task)) {
        struct stolen stolen = {.task = task, .run = run, .scope = heap->scope};
        store_relaxed(&task->thief, (uintptr_t)worker);
        run_stolen(worker, &stolen, frame->top);
        return;
    }
    __atomic_signal_fence(__ATOMIC_SEQ_CST); /* as in tine__push: partner pool.c:pool_arm */
    if (load_relaxed(&frame->worker->notify))
        tine__notify(frame->worker, frame->top);
    scope_wake(worker, scope); /* after the fence, where that is tine__notify's */
}

tine_task *tine__spill(tine_worker *abi, tine_task *top, tine_run_fn *run, size_t size, bool detached)
{
    tine_task *task = tine__heap_new(abi, size, 1);
    tine_frame frame = {.worker = abi, .top = top};
    memcpy(task->payload, top->payload, size);
    tine__heap_push(&frame, task, run, detached);
    return task;
}

tine_task *tine__join_spilled(tine_worker *abi, tine_task *top, tine_task *base, unsigned heap_base,
                              tine_task *task, size_t size, const char *where)
{
    tine_frame frame = {abi, top, base, heap_base};
    tine__join(&frame, task, where);
    memcpy(top->payload, task->payload, size);
    tine__free(&frame, task);
    return top;
}

tine_task *tine__drop(tine_worker *abi, tine_task *top, tine_task *base, unsigned heap_base,
                      tine_task *task, const char *where)
{
    tine_frame frame = {abi, top, base, heap_base};
    if (!tine__on_stack(task)) {
        tine__join(&frame, task, where);
        tine__free(&frame, task);
        return top;
    }
    tine_run_fn *run = load_relaxed(&task->fn);
    if (tine__take_any(&frame, task)) {
        int saved = tine__direct_begin(abi);
        run(abi, frame.top, task);
        tine__direct_end(abi, saved);
    }
    return frame.top;
}

const char TINE__ABI_SYMBOL = 0;
