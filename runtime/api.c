/* What crosses executors and threads: spawn_on, submit, blocking calls. */
#include "worker.h"

#include <errno.h>
#include <stddef.h>

void tine__heap_push_on(struct tine_executor *executor, tine_frame *frame, tine_task *task,
                        tine_run_fn *run, bool detached)
{
    struct worker *worker = worker_of(frame->worker);
    executor = executor ? executor : executor_global();
    if (executor == worker->executor) {
        tine__heap_push(frame, task, run, detached);
        return;
    }
    struct heap_task *heap = heap_of(task);
    heap->fn = run;
    heap->flags |= (uint8_t)(detached ? HEAP_DETACHED : 0);
    heap->scope = scope_for(worker, executor, detached);
    scope_add(heap->scope);
    COUNT(worker->counters.heap, 1);
    tsan_release((void *)&task->fn);
    bool ready = executor->adapted || pool_reach(executor);
    worker->abi.top = frame->top;
    if (!(heap->flags & HEAP_INLINE) && executor->adapted) {
        adapted_submit(executor, heap, true);
        return;
    }
    if (!(heap->flags & HEAP_INLINE) && ready && inject_push(executor, heap)) {
        pool_wake_injected(executor);
        return;
    }
    /* No memory or no thread: at once, as spawn does. */
    struct stolen stolen = {.task = task, .run = run, .scope = heap->scope};
    store_relaxed(&task->thief, (uintptr_t)worker);
    run_stolen(worker, &stolen, frame->top);
}

tine_task *tine__pending_new(size_t size, size_t align)
{
    size_t room = size + (align > TINE__PAYLOAD_ALIGN ? align : 0);
    struct heap_task *heap = heap_new(NULL, room);
    return heap ? task_of(heap) : NULL;
}

bool tine__submit(struct tine_executor *executor, tine_task *task, tine_run_fn *run, bool detached)
{
    int *error = os_errno(), saved = *error;
    executor = executor ? executor : executor_global();
    struct heap_task *heap = heap_of(task);
    heap->fn = run;
    heap->flags |= (uint8_t)(detached ? HEAP_DETACHED : HEAP_PENDING);
    heap->scope = detached ? &executor->root : NULL;
    bool ready = executor->adapted || pool_reach(executor);
    if (ready) {
        scope_add(heap->scope);
        tsan_release((void *)&task->fn);
    }
    if (executor->adapted) {
        ready = adapted_submit(executor, heap, false);
    } else if (ready) {
        ready = inject_push(executor, heap);
        if (ready)
            pool_wake_injected(executor);
        else
            scope_remove(heap->scope);
    }
    *error = saved;
    return ready;
}

static bool pending_ended(tine_task *task, const char *where)
{
    if (!task)
        os_fatal("%s: nothing was submitted", where);
    uint32_t *ended = &heap_of(task)->ended;
    bool ready = load_acquire(ended) == PENDING_ENDED; /* partner: future.c:end_pending */
    if (ready)
        tsan_acquire(ended);
    return ready;
}

static void stop_if_lost(tine_task *task, const char *where)
{
    if (heap_of(task)->generation != heap_generation)
        os_fatal("%s: what was submitted stayed in the parent process at fork", where);
}

bool tine__pending_ready(tine_task *task, const char *where)
{
    bool ready = pending_ended(task, where);
    if (!ready)
        stop_if_lost(task, where);
    struct worker *worker = self_worker();
    if (!worker)
        return ready;
    int *error = os_errno(), saved = *error;
    if (ready)
        pool_end_polls(worker);
    else
        pool_poll(worker);
    *error = saved;
    return ready;
}

/* The worker that blocks from now on; NULL: there is none, or it does already. */
static struct worker *blocking_begin(void)
{
    struct worker *worker = self_worker();
    if (!worker || worker->blocking++ > 0)
        return NULL;
    pool_begin_blocking(worker);
    return worker;
}

void tine__pending_wait(tine_task *task, const char *where)
{
    if (pending_ended(task, where))
        return;
    int *error = os_errno(), saved = *error;
    uint32_t *ended = &heap_of(task)->ended;
    struct worker *worker = self_worker();
    blocking_begin();
    while (!pending_ended(task, where)) {
        stop_if_lost(task, where);
        uint32_t state = load_relaxed(ended) == PENDING_CALL ? PENDING_CALL : PENDING_RUNS;
        uint64_t ns = worker ? pool_sleep_ns(worker->executor) : 0;
        if (ns > 0) {
            os_wait_for(ended, state, ns);
            pool_look(worker->executor);
        } else {
            os_wait(ended, state);
        }
    }
    tine_blocking_end();
    *error = saved;
}

void tine_when_ended(void *pending, void (*call)(void *argument), void *argument)
{
    if (!pending)
        os_fatal("tine_when_ended: nothing was submitted");
    struct heap_task *heap = heap_of(pending);
    if (load_acquire(&heap->ended) == PENDING_CALL)
        os_fatal("tine_when_ended: called twice for one handle");
    heap->call = call;
    heap->argument = argument;
    uint32_t state = PENDING_RUNS;
    if (!compare_exchange(&heap->ended, &state, PENDING_CALL))
        call(argument);
}

void tine__pending_free(tine_task *task)
{
    heap_free(NULL, heap_of(task));
}

void tine_blocking_begin(void)
{
    int *error = os_errno(), saved = *error;
    struct worker *worker = blocking_begin();
    if (worker)
        pool_insist(worker->executor);
    *error = saved;
}

void tine_blocking_end(void)
{
    struct worker *worker = self_worker();
    if (!worker || worker->blocking == 0 || --worker->blocking > 0)
        return;
    int *error = os_errno(), saved = *error;
    pool_end_blocking(worker);
    *error = saved;
}
