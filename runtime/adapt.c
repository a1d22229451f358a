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
    heap->flags |= HEAP_INJECTED;
    heap->next = (struct heap_task *)executor;
    fetch_add(&executor->jobs, 1, __ATOMIC_RELAXED);
    if (executor->adapted->submit(executor->adapted_context, (tine_job *)heap))
        return true;
    if (must) {
        tine_job_run((tine_job *)heap);
        return true;
    }
    scope_remove(heap->scope);
    fetch_add(&executor->jobs, (uint32_t)-1, __ATOMIC_RELAXED);
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
    /* release: partner tine_executor_free, which frees the executor when it sees 0. */
    uint32_t *jobs = &executor->jobs;
    if (fetch_add(jobs, (uint32_t)-1, __ATOMIC_ACQ_REL) == 1)
        os_wake(jobs);
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

/* Waits for the jobs of an adapted executor. */
void adapted_stop(struct tine_executor *executor)
{
    for (uint32_t jobs; (jobs = load_acquire(&executor->jobs)) != 0;)
        os_wait(&executor->jobs, jobs);
    if (executor->adapted->destroy)
        executor->adapted->destroy(executor->adapted_context);
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
