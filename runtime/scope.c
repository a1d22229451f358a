/* Contexts (which scope counts what is spawned where on a worker) and scopes. */
#include "worker.h"

#include <stddef.h>

void context_push(struct worker *worker, struct context *context, struct scope *scope,
                  tine_task *task, tine_task *top)
{
    context->parent = worker->context;
    context->scope = scope;
    context->task = task;
    context->top = top;
    context->heap_base = worker->queue_bottom;
    spin_lock(&worker->lock);
    worker->context = context;
    spin_unlock(&worker->lock);
}

void context_pop(struct worker *worker, struct context *context)
{
    spin_lock(&worker->lock);
    worker->context = context->parent;
    spin_unlock(&worker->lock);
}

/* The innermost context that a slot is in. The owner's lock is held. The root context's top is the
 * stack's beginning, so there always is one. */
const struct context *context_of_slot(const struct worker *owner, const tine_task *slot)
{
    const struct context *context = owner->context;
    while (slot < context->top && context->parent)
        context = context->parent;
    return context;
}

/* The context in which a task runs; NULL: it does not (yet, or any more) run on this worker. */
const struct context *context_of_task(const struct worker *owner, const tine_task *task)
{
    const struct context *context = owner->context;
    while (context && context->task != task)
        context = context->parent;
    return context;
}

/* The scope that counts a task spawned here and now on an executor: the innermost that counts tasks of
 * that executor; for detached tasks of the global executor at last its root. NULL: none. */
struct scope *scope_for(struct worker *worker, struct tine_executor *executor, bool detached)
{
    struct scope *scope = worker->context->scope;
    while (scope && scope->executor && scope->executor != executor)
        scope = scope->outer;
    return scope || !detached ? scope : &executor->root;
}

/* relaxed: the caller is itself inside the scope, which therefore cannot end meanwhile. */
void scope_add(struct scope *scope)
{
    if (scope)
        fetch_add(&scope->pending, 2, __ATOMIC_RELAXED);
}

/* acq_rel: see struct scope. The owner is read before, for the scope may be gone after; that of a
 * root, which stays, is read after, for it is set before the low bit. */
void scope_remove(struct scope *scope)
{
    if (!scope)
        return;
    bool root = scope->root;
    struct worker *owner = load_acquire(&scope->owner);
    tsan_release(&scope->pending);
    if (fetch_add(&scope->pending, (uintptr_t)-2, __ATOMIC_ACQ_REL) != 3)
        return;
    if (root)
        owner = load_acquire(&scope->owner);
    if (owner)
        worker_unpark(owner);
}

/* A task that counts in a scope (NULL: in none) is in the line of a thread that is not the pool's, and perhaps
 * comes to no wait for long; nor need the pool come for it, which has as many threads running as it should. So
 * whoever sleeps at the scope's end, or in sync_all, does. The scope is there, for the spawner is in it. */
void scope_wake(const struct worker *spawner, struct scope *scope)
{
    bool asleep = scope && !scope->root ? load_relaxed(&scope->pending) & 1
                                        : load_relaxed(&spawner->executor->watched);
    if (!asleep || spawner->pooled)
        return;
    struct worker *owner = load_acquire(scope ? &scope->owner : &spawner->executor->root.owner);
    if (owner && owner != spawner)
        worker_unpark(owner);
}

bool scope_ended(const struct scope *scope)
{
    return load_acquire(&scope->pending) <= 1;
}

/* --- tasks in no scope -------------------------------------------------------------------------
 *
 * A handle in memory that may be overwritten (a global, a field, the heap) leaves its task behind when it
 * is. Nobody can tell which tasks those are, so sync_all, exit and tine_executor_free wait for all that
 * were spawned outside scopes. They are not counted in the root, which all spawners would have to share, but by the
 * worker that spawns them and by the one that runs them. */

void held_begin(struct worker *worker, struct heap_task *heap)
{
    heap->flags |= HEAP_HELD;
    store_relaxed(&worker->held_begun, load_relaxed(&worker->held_begun) + 1);
}

/* executor: whose the task is; another one's worker may have run it for its sync. release: partner
 * executor_idle. */
void held_end(struct worker *worker, struct tine_executor *executor)
{
    tsan_release(&executor->root.pending); /* partner: tine_sync_all */
    if (worker->executor == executor)
        store_release(&worker->held_ended, load_relaxed(&worker->held_ended) + 1);
    else
        fetch_add(&executor->held_ended, 1, __ATOMIC_RELEASE);
    if (executor != executor_global())
        return; /* nobody sleeps on another one's root, and it may be freed from now on */
    __atomic_signal_fence(__ATOMIC_SEQ_CST); /* partner: held_watch */
    if (!executor->barrier)
        fence_seq_cst();
    if (!load_relaxed(&executor->watched))
        return;
    fence_seq_cst(); /* partner: itself. Of two threads that end the last two at once one sees both */
    if (!executor_idle(executor))
        return;
    struct worker *owner = load_acquire(&executor->root.owner);
    if (owner)
        worker_unpark(owner);
}

/* From here on held_end and tine__heap_push wake the owner of the executor's root. */
void held_watch(struct tine_executor *executor)
{
    store_relaxed(&executor->watched, true);
    if (executor->barrier)
        os_barrier();
    else
        fence_seq_cst();
}

/* Whether no held task and none of the root's runs or is in line. What has ended is read first, and last what
 * has begun: if both are the same, no held task lived in between, when the root's count was read (the
 * first half of Mattern's four counters, 1987; the spawner of a task that was not seen to begin was
 * itself not seen to end). acquire: partners held_end and scope_remove. */
bool executor_idle(const struct tine_executor *executor)
{
    uintptr_t left = 0 - load_acquire(&executor->held_ended);
    for (unsigned i = 0; i < load_acquire(&executor->worker_count); i++)
        left -= load_acquire(&load_acquire(&executor->workers)[i]->held_ended);
    if (!scope_ended(&executor->root))
        return false;
    for (unsigned i = 0; i < load_acquire(&executor->worker_count); i++)
        left += load_relaxed(&load_acquire(&executor->workers)[i]->held_begun);
    return left == 0;
}

static void begin(tine_scope *storage, tine_worker *abi, tine_task *top,
                  struct tine_executor *executor)
{
    struct worker *worker = worker_of(abi);
    struct scope_frame *frame = (struct scope_frame *)storage;
    frame->scope = (struct scope){
        .owner = worker, .executor = executor, .outer = worker->context->scope};
    context_push(worker, &frame->context, &frame->scope, NULL, top);
}

void tine__scope_begin(tine_scope *scope, tine_worker *worker, tine_task *top)
{
    begin(scope, worker, top, NULL);
}

void tine__scope_begin_on(tine_scope *scope, tine_worker *worker, tine_task *top,
                          struct tine_executor *executor)
{
    begin(scope, worker, top, executor ? executor : executor_global());
}

void tine__scope_wait(tine_scope *storage)
{
    struct scope_frame *frame = (struct scope_frame *)storage;
    struct scope *scope = &frame->scope;
    struct worker *worker = scope->owner;
    int *error = os_errno(), saved = *error;
    struct wait wait = {
        .scope = scope,
        .top = tine__top(&worker->abi),
        .own = {.kind = FILTER_OWN,
                .floor = frame->context.top,
                .heap_floor = frame->context.heap_base},
    };
    wait_until(worker, &wait);
    tsan_acquire(&scope->pending);
    *error = saved;
}

void tine__scope_end(tine_scope *storage)
{
    struct scope_frame *frame = (struct scope_frame *)storage;
    tine__scope_wait(storage);
    context_pop(frame->scope.owner, &frame->context);
}
