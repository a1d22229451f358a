/* The pool's threads: how they start and end. What they do meanwhile, and who wakes them, is in pool.c.
 *
 * A thread is counted, under the lock, before it is started (pool.c:take_idle); the count is taken back
 * if there is none to be had. They end all at once (over): when the executor ends (stop) and all of them are
 * idle, or at an exit in the midst of tasks. */
#include "worker.h"

#include <errno.h>
#include <stdio.h>

/* All threads shall end. Gives those that sleep, taken off the list, for pool_unpark_all. The lock is held. */
static struct worker *end_all(struct tine_executor *executor)
{
    struct worker *all = executor->sleepers;
    store_release(&executor->over, true);
    for (struct worker *w = all; w; w = w->next_sleeper) {
        w->listed = false;
        pool_count(w, 1);
    }
    store_relaxed(&executor->sleepers, NULL);
    return all;
}

/* The same if all threads of an executor that ends are idle; else NULL. A task that still runs, waits or
 * blocks may yet want one. others: how many are idle and not asleep. The lock is held. */
struct worker *pool_end_if_idle(struct tine_executor *executor, unsigned others)
{
    unsigned idle = others;
    if (!executor->stop || pool_work_waits(executor))
        return NULL;
    for (struct worker *w = executor->sleepers; w; w = w->next_sleeper)
        idle++;
    return idle == executor->threads ? end_all(executor) : NULL;
}

/* No lock is held. */
void pool_unpark_all(struct worker *worker)
{
    for (struct worker *next; worker; worker = next) {
        next = worker->next_sleeper;
        worker_unpark(worker);
    }
}

/* Searches and runs until the executor is over; sleeps in between. */
static void *pool_thread(void *argument)
{
    struct worker *worker = argument;
    struct tine_executor *executor = worker->executor;
    os_seat_begin(&worker->seat, executor->pin);
    if (executor->pin)
        os_pin(topology_cpu(worker->index));
    char name[32];
    snprintf(name, sizeof name, "%s/%u", executor->name, worker->index);
    os_thread_name(name);
    fault_watch_thread(worker);
    executor_watch_end(worker);
    worker->abi.error = os_errno();
    tine__self = &worker->abi;
    if (worker->index == 2) /* the first with a choice whom to rob; one is enough to read it */
        store_relaxed(&executor->topology, topology_matters());
    fetch_add(&executor->starting, (unsigned)-1, __ATOMIC_RELAXED); /* partner: pool_start_thread */
    do
        pool_work(worker);
    while (pool_sleep_idle(worker));
    tine__self = NULL; /* partner: executor.c:detach, in this thread */
    fault_unwatch_thread(worker);
    os_seat_end(&worker->seat);
    store_release(&worker->ended, true); /* partner: join_ended */
    fetch_add(&executor->ends, 1, __ATOMIC_RELEASE);
    os_wake(&executor->ends);
    return NULL;
}

/* Starts a thread that is already counted. False: there is none to be had. */
bool pool_start_thread(struct tine_executor *executor)
{
    /* Spawners publish meanwhile: what it finds need not be forced. */
    fetch_add(&executor->starting, 1, __ATOMIC_RELAXED);
    struct worker *worker = executor_add_worker(executor, true);
    if (worker) {
        COUNT(worker->counters.stood_in,
              pool_stands_in(executor, load_relaxed(&executor->running) - 1));
        worker->ended = false;
        os_seat_prepare(&worker->seat);
    }
    int error = worker ? os_thread_start(&worker->thread, pool_thread, worker, executor->stack_size)
                       : ENOMEM;
    if (error == 0) {
        if (!executor->pin)
            os_seat_spread(&worker->seat, worker->thread, load_relaxed(&executor->threads) - 1);
        spin_lock(&executor->lock);
        executor->alive++;
        pool_note_start(executor, false);
        spin_unlock(&executor->lock);
        store_release(&worker->started, true); /* partner: pool_stop, which joins the thread */
        return true;
    }
    fetch_add(&executor->starting, (unsigned)-1, __ATOMIC_RELAXED);
    spin_lock(&executor->lock);
    store_relaxed(&executor->threads, executor->threads - 1);
    store_relaxed(&executor->running, executor->running - 1);
    store_relaxed(&executor->pool_running, executor->pool_running - 1);
    pool_note_start(executor, true);
    if (worker) {
        store_relaxed(&worker->pooled, false);
        worker->counted = false;
        worker->next_sleeper = executor->free_workers;
        executor->free_workers = worker;
    }
    struct worker *idle = pool_end_if_idle(executor, 0);
    spin_unlock(&executor->lock);
    pool_unpark_all(idle);
    return false;
}

static bool in_a_task(struct worker *worker)
{
    spin_lock(&worker->lock);
    bool in = worker->context != &worker->root;
    spin_unlock(&worker->lock);
    return in;
}

/* Joins threads, at exit only those that have ended. Adds to *joined; how many run a task (at exit). */
static unsigned join_ended(struct tine_executor *executor, bool at_exit, unsigned *joined)
{
    unsigned workers = load_acquire(&executor->worker_count), busy = 0;
    struct worker **all = load_acquire(&executor->workers);
    for (unsigned i = 0; i < workers; i++) {
        if (!load_acquire(&all[i]->started))
            continue;
        if (at_exit && !load_acquire(&all[i]->ended)) {
            busy += in_a_task(all[i]);
            continue;
        }
        os_thread_join(all[i]->thread);
        all[i]->started = false;
        ++*joined;
    }
    return busy;
}

/* What is left of threads that nobody joins goes with them. */
static void leave_alone(struct tine_executor *executor)
{
    unsigned workers = load_acquire(&executor->worker_count);
    struct worker **all = load_acquire(&executor->workers);
    for (unsigned i = 0; i < workers; i++) {
        if (load_acquire(&all[i]->started))
            pthread_detach(all[i]->thread);
        all[i]->started = false;
    }
}

/* Ends all threads: when no task of the executor is left, or, at an exit in the midst of tasks, at once, and
 * does not wait then for those that run a task. No lock is held. */
void pool_stop(struct tine_executor *executor, bool at_exit)
{
    spin_lock(&executor->lock);
    store_release(&executor->stop, true);
    struct worker *idle = at_exit ? end_all(executor) : pool_end_if_idle(executor, 0);
    spin_unlock(&executor->lock);
    pool_unpark_all(idle);
    const uint64_t begin = os_now();
    for (unsigned joined = 0;;) { /* threads also counts those that are just being started */
        uint32_t ends = load_acquire(&executor->ends);
        unsigned busy = join_ended(executor, at_exit, &joined);
        if (joined + busy >= load_relaxed(&executor->threads))
            break;
        if (os_now() - begin < JOIN_SPIN_NS)
            sched_yield();
        else
            os_wait_for(&executor->ends, ends, JOIN_LOOK_NS);
    }
    leave_alone(executor);
    spin_lock(&executor->lock);
    store_release(&executor->over, true); /* there may have been no thread, and tasks that none takes */
    executor->threads = executor->alive = 0;
    spin_unlock(&executor->lock);
}
