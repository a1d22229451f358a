/* Queues of heap tasks: one per worker (a growing ring, under the worker's lock), and one per
 * executor for what comes from outside (a list, under the executor's lock).
 *
 * A task in a worker's queue may be claimed by whoever syncs it, wherever it stands; its entry then
 * stays behind until it reaches an end of the queue, and the task's block with it (heap->entry). */
#include "worker.h"

#include <stdlib.h>
#include <string.h>

static inline bool heap_claim(struct worker *thief, struct heap_task *heap)
{
    uintptr_t pending = 0;
    return load_relaxed(&heap->thief) == 0 &&
           compare_exchange(&heap->thief, &pending, (uintptr_t)thief);
}

static inline tine_task **entry(const struct worker *worker, uint32_t index)
{
    return &worker->queue[index & worker->queue_mask];
}

/* Doubles the ring. The lock is held. */
static bool grow(struct worker *worker)
{
    uint32_t room = worker->queue ? (worker->queue_mask + 1) * 2 : 64;
    tine_task **ring = room > UINT32_MAX / 4 ? NULL : malloc(room * sizeof *ring);
    if (!ring)
        return false;
    for (uint32_t i = worker->queue_top; i != worker->queue_bottom; i++)
        ring[i & (room - 1)] = *entry(worker, i);
    free(worker->queue);
    worker->queue = ring;
    worker->queue_mask = room - 1;
    return true;
}

static void set_bottom(struct worker *worker, uint32_t bottom)
{
    store_relaxed(&worker->queue_bottom, bottom);
    worker->abi.heap_bottom = bottom;
    if ((int32_t)(worker->searched.to - bottom) > 0)
        worker->searched.to = bottom;
}

static void raise_top(struct worker *worker)
{
    if (worker->searched.to == worker->queue_top)
        worker->searched.to++;
    store_relaxed(&worker->queue_top, worker->queue_top + 1);
}

/* The entry of a task goes; its block too, if it was waiting for that. The lock is held. */
static void drop_entry(struct worker *self, struct heap_task *heap)
{
    bool orphan = heap->entry == ENTRY_ORPHAN;
    heap->entry = ENTRY_NONE;
    if (orphan)
        heap_free(self, heap);
}

/* Puts a task in line. False: no memory for the line. */
bool queue_push(struct worker *worker, tine_task *task)
{
    spin_lock(&worker->lock);
    bool ok = worker->queue && worker->queue_bottom - worker->queue_top <= worker->queue_mask;
    ok = ok || grow(worker);
    if (ok) {
        heap_of(task)->entry = ENTRY_QUEUED;
        *entry(worker, worker->queue_bottom) = task;
        set_bottom(worker, worker->queue_bottom + 1);
    }
    spin_unlock(&worker->lock);
    return ok;
}

/* Frees a task that has ended and that nobody refers to but perhaps its queue. */
void queue_release(struct worker *worker, tine_task *task)
{
    struct heap_task *heap = heap_of(task);
    struct worker *home = heap->home;
    tsan_release(heap); /* whoever drops the entry may be another thread */
    if (!home) {
        heap_free(worker, heap);
        return;
    }
    spin_lock(&home->lock);
    if (heap->entry == ENTRY_QUEUED)
        heap->entry = ENTRY_ORPHAN;
    else
        heap_free(worker, heap);
    /* The owner's end of the line is tidied here: what was spawned last is mostly synced first. Not
     * below the context's base, which tells whose children come after it. */
    while (home == worker && worker->queue_bottom != worker->queue_top &&
           worker->queue_bottom != worker->context->heap_base) {
        struct heap_task *last = heap_of(*entry(worker, worker->queue_bottom - 1));
        if (last->entry != ENTRY_ORPHAN)
            break;
        set_bottom(worker, worker->queue_bottom - 1);
        drop_entry(worker, last);
    }
    spin_unlock(&home->lock);
}

static void take(struct heap_task *heap, struct stolen *stolen)
{
    stolen->task = task_of(heap);
    stolen->run = heap->fn;
    /* A pending task's field may hold a call by now; no scope counts it. */
    stolen->scope = heap->flags & HEAP_PENDING ? NULL : heap->scope;
}

/* Claims the youngest of one's own children; on the way, the entries of those that others have
 * claimed go. Indices wrap around, so after 2^31 tasks of one activation its floor looks as if it were above
 * the bottom, as it is when older tasks were taken since: then others run them, and who waits for their scope. The
 * lock is held. */
static bool claim_own(struct worker *worker, uint32_t floor, struct stolen *stolen)
{
    while (worker->queue_bottom != worker->queue_top &&
           (int32_t)(worker->queue_bottom - floor) > 0) {
        struct heap_task *heap = heap_of(*entry(worker, worker->queue_bottom - 1));
        bool mine = heap_claim(worker, heap);
        if (mine)
            take(heap, stolen);
        set_bottom(worker, worker->queue_bottom - 1);
        drop_entry(worker, heap);
        if (mine)
            return true;
    }
    return false;
}

/* Claims the oldest, whatever it is. The lock is held. */
static bool claim_any(struct worker *thief, struct worker *victim, struct stolen *stolen)
{
    while (victim->queue_top != victim->queue_bottom) {
        struct heap_task *heap = heap_of(*entry(victim, victim->queue_top));
        raise_top(victim);
        bool mine = heap_claim(thief, heap);
        if (mine)
            take(heap, stolen);
        drop_entry(thief, heap);
        if (mine)
            return true;
    }
    return false;
}

/* Where a search in the midst of the queue begins: not again with what was searched in vain, for claimed
 * entries stay, and each claim would look at all before it. A scope that lies where one of the past did
 * has nothing there either: its tasks came after. The lock is held. */
static uint32_t search_from(struct worker *victim, const struct filter *filter)
{
    struct scope *scope = filter->kind == FILTER_SCOPE ? filter->scope : NULL;
    uint32_t first = victim->queue_top;
    if (filter->kind == FILTER_SINCE && (int32_t)(filter->heap_floor - first) > 0)
        first = (int32_t)(victim->queue_bottom - filter->heap_floor) > 0 ? filter->heap_floor
                                                                          : victim->queue_bottom;
    bool held = filter->kind == FILTER_SCOPE && filter->held;
    if (victim->searched.scope == scope && victim->searched_held == held &&
        (int32_t)(first - victim->searched.from) >= 0 &&
        (int32_t)(victim->searched.to - first) > 0)
        return victim->searched.to;
    victim->searched.scope = scope;
    victim->searched_held = held;
    return victim->searched.from = victim->searched.to = first;
}

/* Whether a search in the midst lets an entry pass, from its floor on. */
static bool passes(const struct filter *filter, const struct heap_task *heap)
{
    return filter->kind == FILTER_SINCE || heap->scope == filter->scope ||
           (filter->held && heap->flags & HEAP_HELD);
}

/* Claims the oldest that counts in a scope, or from a floor on. The lock is held. */
static bool claim_filtered(struct worker *thief, struct worker *victim, const struct filter *filter,
                           struct stolen *stolen)
{
    uint32_t index = search_from(victim, filter);
    bool mine = false;
    for (; !mine && (int32_t)(victim->queue_bottom - index) > 0; index++) {
        struct heap_task *heap = heap_of(*entry(victim, index));
        mine = passes(filter, heap) && heap_claim(thief, heap);
        if (mine)
            take(heap, stolen);
        victim->searched.to = index + 1;
    }
    return mine;
}

/* Claims the oldest queued task of a victim that the filter lets pass; one's own children youngest
 * first. The victim's lock is held. */
bool queue_claim(struct worker *thief, struct worker *victim, const struct filter *filter,
                 struct stolen *stolen)
{
    switch (filter->kind) {
    case FILTER_ALL:
        return claim_any(thief, victim, stolen);
    case FILTER_OWN:
        return claim_own(victim, filter->heap_floor, stolen);
    default:
        return claim_filtered(thief, victim, filter, stolen);
    }
}

/* Puts a task at the end of an executor's inject queue. False: its threads have ended meanwhile. */
bool inject_push(struct tine_executor *executor, struct heap_task *heap)
{
    heap->next = NULL;
    spin_lock(&executor->lock);
    if (executor->over) {
        spin_unlock(&executor->lock);
        return false;
    }
    heap->flags |= HEAP_INJECTED;
    if (executor->inject_tail)
        executor->inject_tail->next = heap;
    else
        executor->inject_head = heap;
    executor->inject_tail = heap;
    store_relaxed(&executor->injected, executor->injected + 1);
    fetch_add(&executor->jobs, 1, __ATOMIC_RELAXED);
    fetch_add(&executor->jobs_begun, 1, __ATOMIC_RELAXED);
    spin_unlock(&executor->lock);
    return true;
}

/* An injected or adapted task has ended. release: partner executor.c:jobs_wait, after which the executor
 * may be freed. */
void job_ended(struct tine_executor *executor)
{
    uint32_t *jobs = &executor->jobs;
    if (fetch_add(jobs, (uint32_t)-1, __ATOMIC_ACQ_REL) == 1)
        os_wake(jobs);
}

/* Takes the first task of an executor's inject queue. */
bool inject_pop(struct tine_executor *executor, struct worker *worker, struct stolen *stolen)
{
    if (load_relaxed(&executor->injected) == 0)
        return false;
    spin_lock(&executor->lock);
    struct heap_task *heap = executor->inject_head;
    if (heap) {
        executor->inject_head = heap->next;
        if (!heap->next)
            executor->inject_tail = NULL;
        store_relaxed(&executor->injected, executor->injected - 1);
        heap_claim(worker, heap); /* fails when its waiter stands there already: then it is woken */
        take(heap, stolen);
    }
    spin_unlock(&executor->lock);
    return heap != NULL;
}
