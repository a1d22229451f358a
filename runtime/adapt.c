/* Executors of the program's own: spawn_on and tine_submit_on hand jobs to an interface. */
#include "worker.h"

#include <errno.h>

/* A job is the heap task itself; its executor stands where it was queued otherwise. */
static inline struct heap_task *heap_of_job(tine_job *job)
{
    return (struct heap_task *)job;
}

/* Hands a task over. must: when it is refused it runs at once (spawn never fails). */
bool adapted_submit(struct tine_executor *executor, struct heap_task *heap, bool must)
{
    heap->flags |= HEAP_INJECTED | HEAP_ADAPTED;
    heap->next = (struct heap_task *)executor;
    fetch_add(&executor->jobs, 1, __ATOMIC_RELAXED);
    if (executor->adapted->submit(executor->adapted_context, (tine_job *)heap))
        return true;
    if (must) {
        tine_job_run((tine_job *)heap);
        return true;
    }
    scope_remove(heap->scope);
    job_ended(executor);
    return false;
}

void tine_job_run(tine_job *job)
{
    struct heap_task *heap = heap_of_job(job);
    struct tine_executor *executor = (struct tine_executor *)heap->next;
    struct worker *worker = worker_of(tine__worker());
    struct stolen stolen = {.task = task_of(heap), .run = heap->fn, .scope = heap->scope};
    if (heap->flags & HEAP_PENDING)
        stolen.scope = NULL; /* the field may hold a call */
    uintptr_t pending = 0;
    compare_exchange(&heap->thief, &pending, (uintptr_t)worker); /* or its waiter stands there */
    run_stolen(worker, &stolen, tine__top(&worker->abi));
    job_ended(executor);
}

tine_executor *tine_executor_adapt(const tine_executor_interface *interface, void *context)
{
    if (!interface || !interface->submit) {
        errno = EINVAL;
        return NULL;
    }
    struct tine_executor *executor = executor_new_adapted();
    if (!executor) {
        errno = ENOMEM;
        return NULL;
    }
    executor->adapted = interface;
    executor->adapted_context = context;
    return executor;
}

static bool run_at_once(void *context, tine_job *job)
{
    (void)context;
    tine_job_run(job);
    return true;
}

tine_executor *tine_executor_serial(void)
{
    static const tine_executor_interface serial = {.submit = run_at_once};
    return tine_executor_adapt(&serial, NULL);
}
