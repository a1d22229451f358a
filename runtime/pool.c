/* Threads that look for work, sleep when there is none, and are woken by spawns.
 *
 * Sleeping is a Dekker handshake with the spawner: the sleeper lists itself, sets every worker's
 * notify (pool_arm), makes one barrier, and looks once more; the spawner puts its task in line
 * and then reads notify (tine__push). Without a barrier notify stays set for good, and
 * tine__notify pays the fence. */
#include "worker.h"

/* Sleeps until a wake is due. park: 0 -> 2 by the sleeper, -> 1 by a waker, -> 0 by the sleeper. */
void worker_park(struct worker *worker)
{
    uint32_t nothing = 0;
    uint64_t begin = os_now();
    os_seat_sleep(&worker->seat);
    if (compare_exchange(&worker->park, &nothing, 2))
        while (load_acquire(&worker->park) == 2)
            os_wait(&worker->park, 2);
    os_seat_wake(&worker->seat);
    /* acq_rel: what the waker did is seen, and a wake that comes after this is not overwritten. */
    exchange(&worker->park, 0, __ATOMIC_ACQ_REL);
    COUNT(worker->counters.parks, 1);
    COUNT(worker->counters.parked_ns, os_now() - begin);
}

/* The same for at most ns; the caller's own business whether it was woken. */
void worker_park_for(struct worker *worker, uint64_t ns)
{
    uint32_t nothing = 0;
    uint64_t until = os_now() + ns;
    os_seat_sleep(&worker->seat);
    if (compare_exchange(&worker->park, &nothing, 2))
        for (uint64_t now; load_acquire(&worker->park) == 2 && (now = os_now()) < until;)
            os_wait_for(&worker->park, 2, until - now);
    os_seat_wake(&worker->seat);
    exchange(&worker->park, 0, __ATOMIC_ACQ_REL); /* as in worker_park */
}

/* acq_rel: orders what the waker has done before the sleeper's return. */
void worker_unpark(struct worker *worker)
{
    if (exchange(&worker->park, 1, __ATOMIC_ACQ_REL) == 2) {
        os_seat_avoid(&worker->seat);
        os_wake(&worker->park);
        os_seat_lift(&worker->seat);
    }
}

/* How many should: a foreign thread is not counted, but while it blocks with tasks somebody has to run them. */
static unsigned wanted(const struct tine_executor *executor)
{
    return load_relaxed(&executor->target) + load_relaxed(&executor->lent);
}

/* Whether fewer threads run than should. Jobs from outside want one of ours, whoever else runs, and so does one
 * of ours that waits: the thread that counts beside it need not come to the runtime for long. */
static bool capacity(const struct tine_executor *executor)
{
    return load_relaxed(&executor->running) < wanted(executor) ||
           (load_relaxed(&executor->pool_running) == 0 &&
            (load_relaxed(&executor->injected) > 0 || load_relaxed(&executor->pool_absent) > 0));
}

/* Whether a thread of ours is one too many, because a waiting one has come back: it leaves the rest to the others. */
static bool surplus(const struct tine_executor *executor)
{
    return load_relaxed(&executor->running) > wanted(executor) &&
           (load_relaxed(&executor->pool_running) > 1 || load_relaxed(&executor->pool_absent) == 0);
}

static void list_push(struct worker **list, struct worker *worker)
{
    worker->next_sleeper = *list;
    worker->listed = true;
    store_relaxed(list, worker);
}

static void list_remove(struct worker **list, struct worker *worker)
{
    while (*list != worker)
        list = &(*list)->next_sleeper;
    store_relaxed(list, worker->next_sleeper);
    worker->listed = false;
}

/* Counts a worker in or out. The executor's lock is held. */
void pool_count(struct worker *worker, int change)
{
    struct tine_executor *executor = worker->executor;
    if (worker->counted)
        store_relaxed(&executor->running, executor->running + (unsigned)change);
    if (worker->pooled)
        store_relaxed(&executor->pool_running, executor->pool_running + (unsigned)change);
}

/* Asks every worker's next spawn to call tine__notify, without making sure of it. */
static void set_notify(struct tine_executor *executor)
{
    unsigned workers = load_acquire(&executor->worker_count);
    struct worker **all = load_acquire(&executor->workers);
    for (unsigned i = 0; i < workers; i++)
        if (load_relaxed(&all[i]->abi.notify) == 0)
            store_relaxed(&all[i]->abi.notify, 1);
}

/* Makes every worker's next spawn call tine__notify. seq_cst: the change of the counts and lists before
 * is seen by whoever sees, and clears, notify (tine__notify). */
void pool_arm(struct tine_executor *executor)
{
    fence_seq_cst();
    set_notify(executor);
    if (executor->barrier)
        os_barrier();
    else
        fence_seq_cst();
}

/* Whether any task waits for a thread. Called after pool_arm. */
bool pool_work_waits(struct tine_executor *executor)
{
    if (load_relaxed(&executor->injected) > 0)
        return true;
    unsigned workers = load_acquire(&executor->worker_count);
    struct worker **all = load_acquire(&executor->workers);
    for (unsigned i = 0; i < workers; i++)
        if (serves(executor, all[i]) && steal_possible(all[i]))
            return true;
    return false;
}

/* Whether a thread taken now runs in place of one that waits or blocks. running: the others. */
bool pool_stands_in(const struct tine_executor *executor, unsigned running)
{
    unsigned absent = load_relaxed(&executor->absent);
    return absent > 0 && running + absent >= wanted(executor);
}

static uint32_t now_ms(void)
{
    return (uint32_t)(os_now() / 1000000);
}

/* How long after the last failure the next try to start a thread comes. */
static uint32_t retry_ms(const struct tine_executor *executor)
{
    unsigned failures = load_relaxed(&executor->failures);
    return failures == 0 ? 0 : 1u << (failures - 1 < RETRY_DOUBLINGS ? failures - 1 : RETRY_DOUBLINGS);
}

/* Whether a thread may be started, as far as is known without trying. Read anywhere. */
static bool may_start(const struct tine_executor *executor)
{
    if (load_relaxed(&executor->over) || load_relaxed(&executor->threads) >=
                                             load_relaxed(&executor->target) + executor->reserve)
        return false;
    uint32_t ms = retry_ms(executor);
    return ms == 0 || now_ms() - load_relaxed(&executor->failed_ms) >= ms;
}

/* For how long at most a worker may sleep that has made sure that somebody runs what waits (pool_look). 0: for ever;
 * else a thread is wanted and could not be started, and it looks again. */
uint64_t pool_sleep_ns(struct tine_executor *executor)
{
    uint32_t ms = retry_ms(executor);
    return ms > 0 && capacity(executor) && pool_work_waits(executor) ? ms * UINT64_C(1000000) : 0;
}

/* Whether a thread is wanted, and spawns shall look when it is time for the next try. */
static bool retries_soon(const struct tine_executor *executor)
{
    unsigned failures = load_relaxed(&executor->failures);
    return failures > 0 && failures <= RETRY_DOUBLINGS && capacity(executor);
}

/* A start was tried: what may_start goes by. The lock is held. */
void pool_note_start(struct tine_executor *executor, bool failed)
{
    if (failed)
        store_relaxed(&executor->failed_ms, now_ms());
    store_relaxed(&executor->failures, failed ? executor->failures + 1 : 0);
}

/* Takes an idle thread, or counts a new one. The lock is held. *start: it must be started. */
static struct worker *take_idle(struct tine_executor *executor, bool *start)
{
    struct worker *worker = executor->sleepers;
    *start = false;
    if (worker) {
        COUNT(worker->counters.stood_in, pool_stands_in(executor, executor->running));
        list_remove(&executor->sleepers, worker);
        pool_count(worker, 1);
    } else if (may_start(executor)) {
        store_relaxed(&executor->threads, executor->threads + 1);
        store_relaxed(&executor->running, executor->running + 1);
        store_relaxed(&executor->pool_running, executor->pool_running + 1);
        *start = true;
    }
    return worker;
}

/* A sleeping waiter that may run what the spawner spawns: it awaits a task that the spawner runs, or
 * a scope that the spawner is in. The lock is held; the spawner is the caller. */
static struct worker *waiter_for(struct tine_executor *executor, const struct worker *spawner)
{
    for (struct worker *w = executor->waiters; spawner && w; w = w->next_sleeper) {
        tine_task *awaited = load_acquire(&w->awaited);
        if (awaited ? load_acquire(&w->awaited_runner) == spawner
                    : spawner->context->scope && spawner->context->scope->owner == w)
            return w;
    }
    return NULL;
}

/* A task is in line: gives it a thread, if fewer run than should. spawner NULL: nobody's. */
void pool_wake(struct tine_executor *executor, struct worker *spawner)
{
    if (!capacity(executor) || (spawner && !serves(executor, spawner)))
        return;
    bool start = false;
    spin_lock(&executor->lock);
    struct worker *worker = NULL;
    if (capacity(executor)) {
        worker = waiter_for(executor, spawner);
        if (worker)
            list_remove(&executor->waiters, worker);
        else
            worker = take_idle(executor, &start);
    }
    spin_unlock(&executor->lock);
    if (worker)
        worker_unpark(worker);
    if (start)
        pool_start_thread(executor);
}

/* Whether a job put into the inject queue will find a thread of ours, whatever the foreign ones do:
 * starts the first one if there is none. */
bool pool_reach(struct tine_executor *executor)
{
    for (;; sched_yield()) {
        bool start = false;
        spin_lock(&executor->lock);
        bool alive = executor->alive > 0 && !executor->over;
        bool starting = executor->threads > 0 && !executor->over;
        if (!starting) {
            store_relaxed(&executor->failed_ms, now_ms() - (1u << RETRY_DOUBLINGS)); /* nobody else is there */
            take_idle(executor, &start);
        }
        spin_unlock(&executor->lock);
        if (alive)
            return true;
        if (!starting)
            return start && pool_start_thread(executor);
    }
}

/* A job is in the inject queue: wakes a thread for it. */
void pool_wake_injected(struct tine_executor *executor)
{
    bool start = false;
    spin_lock(&executor->lock);
    struct worker *worker = NULL;
    if (capacity(executor))
        worker = take_idle(executor, &start);
    spin_unlock(&executor->lock);
    if (worker)
        worker_unpark(worker);
    if (start)
        pool_start_thread(executor);
}

/* Whether a spawner's call would be in vain. Read without the lock: see its use. */
static bool nobody_to_wake(const struct tine_executor *executor)
{
    return !capacity(executor) ||
           (!load_relaxed(&executor->sleepers) && !load_relaxed(&executor->waiters) &&
            !may_start(executor));
}

/* Notes where the caller runs, for those who steal from it and for its own choice. */
static void note_place(struct worker *worker)
{
    if (!load_relaxed(&worker->executor->topology))
        return;
    int cpu = os_cpu();
    if (!worker->place || worker->place->cpu != cpu)
        store_release(&worker->place, topology_place(cpu)); /* partner: steal_at, which reads it */
}

/* See abi.h. */
void tine__notify(tine_worker *abi, tine_task *top)
{
    struct worker *worker = worker_of(abi);
    struct tine_executor *executor = worker->executor;
    int *error = os_errno(), saved = *error;
    abi->top = top;
    if (!executor->barrier)
        fence_seq_cst();
    note_place(worker);
    bool wake = !nobody_to_wake(executor);
    bool coarse = load_relaxed(&worker->coarse) > 0;
    if (wake || coarse || load_relaxed(&executor->searching) > 0 ||
        load_relaxed(&executor->starting) > 0)
        steal_publish(worker, top);
    if (wake)
        pool_wake(executor, worker); /* which may have begun to start a thread */
    if (executor->barrier && !coarse && load_relaxed(&executor->starting) == 0 &&
        nobody_to_wake(executor) && !retries_soon(executor)) {
        /* Off until somebody sleeps: who does so after this store sets it again (pool_arm). */
        store_relaxed(&abi->notify, 0);
        fence_seq_cst();
        if (!nobody_to_wake(executor))
            store_relaxed(&abi->notify, 1);
    }
    *error = saved;
}

/* Fewer threads run than a moment ago: gives what waits a thread, now or at the next spawn. */
void pool_look(struct tine_executor *executor)
{
    pool_arm(executor);
    if (pool_work_waits(executor))
        pool_wake(executor, NULL);
}

/* A worker waits, blocks or polls from now on, and is not counted meanwhile. They nest. The lock is held. */
static void leave(struct worker *worker)
{
    if (worker->away++ > 0)
        return;
    pool_count(worker, -1);
    store_relaxed(&worker->executor->absent, worker->executor->absent + worker->counted);
    store_relaxed(&worker->executor->pool_absent, worker->executor->pool_absent + worker->pooled);
}

static void come_back(struct worker *worker)
{
    if (--worker->away > 0)
        return;
    pool_count(worker, 1);
    store_relaxed(&worker->executor->absent, worker->executor->absent - worker->counted);
    store_relaxed(&worker->executor->pool_absent, worker->executor->pool_absent - worker->pooled);
}

/* A foreign thread's place is its own: what runs instead is one more. matters: there may be something that it leaves
 * to others; else a hundred event loops that wait would have a hundred threads run side by side. The lock is held. */
static void lend(struct worker *worker, bool matters)
{
    /* Apart: gcc reads both at once else, and what others write in between (started). */
    if (load_relaxed(&worker->lends) || load_relaxed(&worker->counted) || !matters)
        return;
    worker->lends = true;
    store_relaxed(&worker->executor->lent, worker->executor->lent + 1);
}

/* The lock is held. */
void pool_end_loan(struct worker *worker)
{
    if (!worker->lends || worker->away > 0)
        return;
    worker->lends = false;
    store_relaxed(&worker->executor->lent, worker->executor->lent - 1);
}

/* A worker goes to sleep in a wait: it no longer counts, and another may take its place. */
void pool_begin_wait(struct worker *worker)
{
    struct tine_executor *executor = worker->executor;
    spin_lock(&executor->lock);
    leave(worker);
    lend(worker, steal_possible(worker)); /* what it may not run: it has looked */
    list_push(&executor->waiters, worker);
    spin_unlock(&executor->lock);
    pool_look(executor);
}

/* True: a spawner took it off the list, to have it run a task. */
bool pool_end_wait(struct worker *worker)
{
    struct tine_executor *executor = worker->executor;
    spin_lock(&executor->lock);
    come_back(worker);
    pool_end_loan(worker);
    bool chosen = !worker->listed;
    if (!chosen)
        list_remove(&executor->waiters, worker);
    spin_unlock(&executor->lock);
    return chosen;
}

/* The channels' header refers to these two weakly, which pulls nothing out of libtine.a. This does,
 * wherever there are workers (test channel.runtime). */
extern void (*const tine__blocking_hooks[2])(void);
void (*const tine__blocking_hooks[2])(void) = {tine_blocking_begin, tine_blocking_end};

/* A worker blocks outside the library, in tine_blocking_begin: as a wait, but nothing helps it. */
void pool_begin_blocking(struct worker *worker)
{
    struct tine_executor *executor = worker->executor;
    spin_lock(&executor->lock);
    leave(worker);
    lend(worker, worker->abi.depth > 0 || steal_possible(worker));
    spin_unlock(&executor->lock);
    pool_look(executor);
}

/* The caller blocks next where nobody looks again, no thread of the executor runs, and none could be started for what
 * waits, which may be what the caller will wait for: a moment's shortage of threads is no reason to stand still for
 * ever. Once in a shortage, an eighth of a second in all, until somebody runs. */
void pool_insist(struct tine_executor *executor)
{
    uint64_t ns;
    for (int i = 0; i < RETRY_DOUBLINGS && retries_soon(executor) && load_relaxed(&executor->running) == 0 &&
                    (ns = pool_sleep_ns(executor)) > 0; i++) {
        uint32_t nobody = 0;
        uint64_t until = os_now() + ns;
        do /* a signal may end a sleep */
            os_wait_for(&nobody, 0, 1000000);
        while (os_now() < until && load_relaxed(&executor->running) == 0);
        pool_look(executor);
    }
}

void pool_end_blocking(struct worker *worker)
{
    spin_lock(&worker->executor->lock);
    come_back(worker);
    pool_end_loan(worker);
    spin_unlock(&worker->executor->lock);
}

/* A worker polls and there is nothing that it may do: another one may take its place until the poll
 * succeeds, it waits, or its task ends. */
void pool_poll(struct worker *worker)
{
    if (++worker->polls == POLLS_IN_VAIN && !worker->aside) {
        worker->aside = true;
        pool_begin_blocking(worker);
    }
    sched_yield(); /* a loop that polls must not keep the runner from its CPU */
}

void pool_end_polls(struct worker *worker)
{
    worker->polls = 0;
    if (!worker->aside)
        return;
    worker->aside = false;
    pool_end_blocking(worker);
}

static bool is_listed(struct worker *worker)
{
    spin_lock(&worker->executor->lock);
    bool listed = worker->listed;
    spin_unlock(&worker->executor->lock);
    return listed;
}

/* Takes itself off the list, unless a waker has, who then has counted it. */
static void unlist(struct worker *worker)
{
    struct tine_executor *executor = worker->executor;
    spin_lock(&executor->lock);
    if (worker->listed) {
        list_remove(&executor->sleepers, worker);
        pool_count(worker, 1);
    }
    spin_unlock(&executor->lock);
}

/* A listed worker that was woken for little rests, see WORTH_WAKING_NS. True: there is something for it.
 * It looks without a barrier, so false says nothing. */
static bool rest(struct worker *worker)
{
    if (worker->vain == 0 || load_relaxed(&worker->executor->injected) > 0 || steal_possible(worker))
        return false; /* what it has spawned itself is no matter of stealing */
    for (unsigned left = 1u << (worker->vain - 1); left > 0; left--) {
        worker_park_for(worker, REST_NS);
        if (!is_listed(worker) || (capacity(worker->executor) && steal_waits(worker)))
            return true;
    }
    return false;
}

/* An idle thread sleeps until it is woken; returns counted. A late wake for a wait long over finds it
 * listed still. */
static void sleep_listed(struct worker *worker)
{
    struct tine_executor *executor = worker->executor;
    if (rest(worker)) {
        unlist(worker);
        return;
    }
    pool_arm(executor);
    if (capacity(executor) && pool_work_waits(executor)) {
        unlist(worker);
        return;
    }
    do
        worker_park(worker);
    while (is_listed(worker));
}

/* The same. False: it shall end. */
bool pool_sleep_idle(struct worker *worker)
{
    struct tine_executor *executor = worker->executor;
    spin_lock(&executor->lock);
    struct worker *idle = pool_end_if_idle(executor, 1);
    bool over = executor->over;
    if (!over) {
        pool_count(worker, -1);
        list_push(&executor->sleepers, worker);
    }
    spin_unlock(&executor->lock);
    pool_unpark_all(idle);
    if (!over)
        sleep_listed(worker);
    return !load_acquire(&executor->over);
}

/* What is in the worker's own queue. Whoever sleeps has none there: one too many has nobody to come for it. */
static bool left_behind(struct worker *worker, struct stolen *stolen)
{
    static const struct filter all = {.kind = FILTER_ALL};
    return steal_queued(worker, worker, &all, stolen);
}

static bool find_work(struct worker *worker, struct stolen *stolen)
{
    struct tine_executor *executor = worker->executor;
    if (inject_pop(executor, worker, stolen) || left_behind(worker, stolen))
        return true;
    return !surplus(executor) && steal_any(worker, stolen);
}

static void pause_for(uint64_t ns)
{
    for (uint64_t until = os_now() + ns; os_now() < until;)
        for (int i = 0; i < 8; i++)
            cpu_relax();
}

/* Searches for so long. Meanwhile owners publish what they spawn: each is asked now and then, in
 * growing distances, for an answer costs it a call. */
static bool search(struct worker *worker, uint64_t ns, struct stolen *stolen)
{
    struct tine_executor *executor = worker->executor;
    if (load_acquire(&executor->over))
        return false;
    note_place(worker);
    bool found = find_work(worker, stolen);
    if (found || load_acquire(&executor->stop))
        return found;
    fetch_add(&executor->searching, 1, __ATOMIC_RELAXED);
    uint64_t begin = os_now(), asked = 0, shy = WATCH_NS;
    for (uint64_t now = begin; !found && now - begin < ns; now = os_now()) {
        if (worker->shied) {
            pause_for(shy);
            shy = shy < SHY_NS ? 2 * shy : SHY_NS;
        } else if (now - begin >= asked) {
            set_notify(executor);
            asked = 2 * (now - begin) + ASK_NS;
        }
        for (int i = 0; i < 8; i++)
            cpu_relax();
        worker->shied = false;
        found = find_work(worker, stolen);
        if (load_acquire(&executor->stop) || surplus(executor))
            break;
    }
    fetch_add(&executor->searching, (unsigned)-1, __ATOMIC_RELAXED);
    return found;
}

/* Runs what it finds until for a while nothing was found, or nothing but small tasks of others: see
 * WORTH_STEALING. */
void pool_work(struct worker *worker)
{
    struct tine_executor *executor = worker->executor;
    struct stolen stolen;
    const uint64_t patience = worker->vain > 0 ? SEARCH_VAIN_NS : SEARCH_NS;
    uint64_t worked = 0, left = patience, ended = os_now();
    worker->eager = false;
    while (left > 0 ? search(worker, left, &stolen)
                    : !load_acquire(&executor->over) && left_behind(worker, &stolen)) {
        uint64_t found = os_now();
        if (!nobody_to_wake(executor) && pool_work_waits(executor))
            pool_wake(executor, NULL); /* and that one the next */
        bool from_stack = tine__on_stack(stolen.task);
        uint64_t begin = os_now(), searched = found - ended;
        run_stolen(worker, &stolen, worker->stack + 1);
        if (worker->stray)
            os_fatal("a task that called fork returned in the child, which has no threads of its "
                     "executor: it must end there, by _exit or exec");
        ended = os_now();
        uint64_t took = ended - begin, lost = searched + took;
        worked += took;
        bool worthy = took > (from_stack ? WORTH_STEALING : WORTH_STEALING_QUEUED) * worker->steal_ns;
        worker->eager = worthy && took > WATCH_NS;
        left = worthy ? patience : left > lost ? left - lost : 0;
    }
    if (worked > WORTH_WAKING_NS)
        worker->vain = 0;
    else if (worker->vain <= REST_DOUBLINGS)
        worker->vain++;
}
