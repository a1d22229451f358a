/* The thief's side of the task stack: finding the oldest task, asking the owner to publish, forcing.
 *
 * Under the owner's lock a thief may claim any pending slot below `public`. When there is none but
 * private slots are in line it raises a request (split = MAX: the owner's next sync, whatever its
 * task, comes to tine__retake, which publishes half of what is in line). An owner that does not
 * answer is forced: public and split are moved up over its private slots, and after one membarrier
 * its next sync of such a slot cannot miss it (the handshake in abi.h).
 *
 * tail is a hint where the oldest pending slot may be. The owner lowers it where it comes to the
 * lock; where its fast path has popped holes below it without the lock, a search that finds
 * nothing starts once more from the beginning. */
#include "worker.h"

#define NOBODY_ASKED ((tine_task *)UINTPTR_MAX)

static inline bool slot_pending(const tine_task *slot)
{
    return is_run_function(load_relaxed(&slot->fn)) && load_relaxed(&slot->thief) == 0;
}

static inline bool slot_live(const tine_task *slot)
{
    return load_relaxed(&slot->fn) != NULL;
}

/* Whether the filter lets a thief take a slot. The lock is held. */
static bool slot_passes(const struct worker *victim, const tine_task *slot,
                        const struct filter *filter)
{
    if (filter->kind != FILTER_SCOPE)
        return slot >= filter->floor;
    for (const struct context *c = context_of_slot(victim, slot); c; c = c->parent)
        if (c->scope == filter->scope)
            return true;
    return false;
}

/* The oldest pending slot that the filter lets pass; NULL: none. The lock is held. */
static tine_task *oldest_pending(struct worker *victim, const struct filter *filter)
{
    tine_task *first = victim->stack + 1;
    bool hint = filter->kind != FILTER_SINCE && victim->tail > first;
    tine_task *slot = filter->kind == FILTER_SINCE ? filter->floor : victim->tail;
    for (;;) {
        for (; slot_live(slot); slot++)
            if (slot_pending(slot) && slot_passes(victim, slot, filter))
                return slot;
        if (!hint)
            return NULL;
        hint = false;
        slot = first;
    }
}

/* See COARSE_CREDIT. The lock is held. */
static void give_credit(struct worker *worker, uint64_t now)
{
    store_relaxed(&worker->coarse, COARSE_CREDIT);
    worker->coarse_since = now;
}

/* A public task was taken back. The lock is held. */
static void use_credit(struct worker *worker)
{
    if (worker->coarse == 0)
        return;
    store_relaxed(&worker->coarse, worker->coarse - 1);
    if (worker->coarse > 0)
        return;
    uint64_t now = os_now();
    if (now - worker->coarse_since > COARSE_CREDIT * COARSE_NS)
        give_credit(worker, now);
}

/* Takes a slot. The lock is held. False: the owner is just syncing it. fn is read once: the owner
 * may clear it at any moment, before it comes to the lock and finds the task taken. acquire: pairs
 * with the release store of fn in tine__push; orders the capture before the run. */
static bool claim(struct worker *thief, struct worker *victim, tine_task *slot,
                  struct stolen *stolen)
{
    tine_run_fn *run = load_acquire(&slot->fn);
    if (!is_run_function(run))
        return false;
    stolen->task = slot;
    stolen->run = run;
    stolen->scope = context_of_slot(victim, slot)->scope;
    store_relaxed(&slot->thief, (uintptr_t)thief);
    if (victim->coarse && thief != victim)
        give_credit(victim, os_now());
    if (victim->tail == slot)
        store_relaxed(&victim->tail, slot + 1);
    return true;
}

/* Lets the owner see the boundary again, or MAX while it is asked or nothing is private. */
static void set_split(struct worker *worker)
{
    store_relaxed(&worker->abi.split, worker->requested ? NOBODY_ASKED : worker->public);
}

/* Where public should go so that half of the private pending slots in [public, end) become public. The
 * lock is held. */
static tine_task *publish_half(const struct worker *worker, const tine_task *end)
{
    tine_task *from = worker->public > worker->stack ? worker->public : worker->stack + 1;
    size_t pending = 0;
    for (tine_task *slot = from; slot != end && slot_live(slot); slot++)
        pending += slot_pending(slot);
    size_t wanted = (pending + 1) / 2;
    tine_task *slot = from;
    for (; slot != end && slot_live(slot) && wanted > 0; slot++)
        wanted -= slot_pending(slot);
    return slot;
}

/* Raises a request and gives the owner a little time. The lock is held on entry and on return. */
static void ask(struct worker *victim)
{
    store_relaxed(&victim->requested, true);
    set_split(victim);
    spin_unlock(&victim->lock);
    uint64_t until = os_now() + REQUEST_PATIENCE_NS;
    do {
        for (int i = 0; i < 8; i++)
            cpu_relax();
    } while (load_relaxed(&victim->requested) && os_now() < until);
    spin_lock(&victim->lock);
}

/* Moves the boundary over the private slots without the owner, over all of them: one that has not
 * come to a sync for so long has coarse tasks, and the next steal need not be forced. The lock is
 * held. */
static void force(struct worker *victim)
{
    store_relaxed(&victim->requested, false);
    tine_task *slot = victim->public;
    while (slot_live(slot))
        slot++;
    victim->public = slot;
    give_credit(victim, os_now());
    store_relaxed(&victim->abi.notify, 1);
    set_split(victim);
    os_barrier();
    COUNT(victim->counters.forced, 1);
}

static bool resolve(const struct worker *victim, struct filter *filter);

/* filter: resolved. The lock is given up in between, and with it what the filter was resolved to. */
static bool claim_from_stack(struct worker *thief, struct worker *victim, struct filter *filter,
                             struct stolen *stolen)
{
    tine_task *slot = oldest_pending(victim, filter);
    if (slot && slot >= victim->public && !victim->requested) {
        ask(victim);
        slot = resolve(victim, filter) ? oldest_pending(victim, filter) : NULL;
        if (victim->requested && slot && slot >= victim->public) {
            force(victim);
            slot = oldest_pending(victim, filter); /* the owner may have taken it before it saw */
        } else if (victim->requested) {
            store_relaxed(&victim->requested, false);
            set_split(victim);
        }
    }
    return slot && slot < victim->public && claim(thief, victim, slot, stolen);
}

static const tine_task *peek_from(const tine_task *slot)
{
    for (; slot_live(slot); slot++)
        if (slot_pending(slot))
            return slot;
    return NULL;
}

/* A pending slot, read without the lock, so that it may err for a moment; NULL: none. The hint may be
 * too high (see above). */
static const tine_task *peek(const struct worker *victim)
{
    const tine_task *first = victim->stack + 1, *tail = load_relaxed(&victim->tail);
    const tine_task *found = peek_from(tail);
    return found || tail == first ? found : peek_from(first);
}

static bool queue_peek(const struct worker *victim)
{
    return load_relaxed(&victim->queue_top) != load_relaxed(&victim->queue_bottom);
}

/* Whether there is something to take, as far as can be seen without the lock. */
bool steal_possible(const struct worker *victim)
{
    return queue_peek(victim) || peek(victim);
}

/* The first word of a slot's capture, which its owner may be writing. */
__attribute__((no_sanitize("thread"), noinline)) static uint32_t first_word(const tine_task *slot)
{
    return __atomic_load_n((const uint32_t *)(const void *)slot->payload, __ATOMIC_RELAXED);
}

/* Watches a slot for a while: false as soon as its owner takes it back. Another task may be there at once, most
 * likely with other arguments: in recursions a slot is hardly ever empty. */
static bool stays_pending(const tine_task *slot)
{
    uint64_t until = os_now() + WATCH_NS;
    tine_run_fn *run = load_relaxed(&slot->fn);
    uint32_t word = first_word(slot);
    do {
        for (int i = 0; i < 4; i++)
            cpu_relax();
        if (!slot_pending(slot) || load_relaxed(&slot->fn) != run || first_word(slot) != word)
            return false;
    } while (os_now() < until);
    return true;
}

/* Whether a task of another's stays in line so long that it is worth the end of a rest. A look without a
 * barrier. */
bool steal_waits(const struct worker *thief)
{
    unsigned count = load_acquire(&thief->executor->worker_count);
    struct worker **workers = load_acquire(&thief->executor->workers);
    for (unsigned i = 0; i < count; i++) {
        if (workers[i] == thief)
            continue;
        if (queue_peek(workers[i]))
            return true;
        const tine_task *slot = peek(workers[i]);
        for (int looks = 1; slot && stays_pending(slot); looks++)
            if (looks == LOOKS_AT_REST)
                return true;
    }
    return false;
}

/* Whether so many slots are in line above one that its owner will not come to it soon. */
static bool lies_deep(const struct worker *victim, const tine_task *slot)
{
    return (size_t)((char *)(slot + DEEP_SLOTS + 1) - (char *)victim->stack) <= victim->stack_bytes &&
           slot_live(slot + DEEP_SLOTS);
}

/* Whether a steal is worth the trouble that it is for the owner. */
static bool worth_stealing(struct worker *thief, const struct worker *victim)
{
    if (queue_peek(victim))
        return true;
    const tine_task *slot = peek(victim);
    if (!slot)
        return false;
    bool worth = thief->eager || lies_deep(victim, slot) || stays_pending(slot);
    thief->shied |= !worth;
    return worth;
}

/* Whether a worker waits for a task inside another one that it runs. Called with the lock of the awaited one's
 * runner held: with two such locks nobody may wait for either, so this one is only tried. */
static bool waits_within(struct worker *waiter, const tine_task *within, const tine_task *awaited)
{
    if (!spin_try_lock(&waiter->lock))
        return false;
    bool waits = context_of_task(waiter, within) && load_acquire(&waiter->awaited) == awaited;
    spin_unlock(&waiter->lock);
    return waits;
}

/* Whether the chain, which was read without a lock, is true: each of its tasks runs on the next one's waiter,
 * and the thief waits, by way of them all, for what runs on the victim. Tasks' memory is used again, so an
 * address proves nothing, and what awaited points to may be gone. Called with the victim's lock held and
 * task[length - 1] in one of its contexts; call that run X. Until the lock is given up X cannot end, for
 * context_pop needs the lock and comes before end_task. From there back, for i = length - 1 to 1:
 *  - There is a run X of task[i] that cannot end. Whoever awaits the address awaits X: the wait for an
 *    earlier run at it was over, and awaited changed, before the memory was given back, so before X was
 *    spawned and claimed and its context pushed, under a lock that the thief has held since.
 *  - waiter[i] has task[i - 1] in a context, call that run Y, and awaited is task[i], seen under its lock. It
 *    clears awaited before it pushes Y's context and restores it after the pop (future.c:run_stolen), so
 *    what was seen was stored inside Y: inside Y waiter[i] waits for X.
 *  - That wait cannot end before X, nor Y before the wait. So Y is a run of task[i - 1] that cannot end.
 * At last task[0] is what the thief itself waits for. All this holds until the victim's lock is given up;
 * what has been claimed by then was spawned while everyone waited. (Test runtime.stalls:
 * hop_over_a_task_that_has_ended.) */
static bool chain_holds(const struct chain *chain)
{
    for (unsigned i = chain->length - 1; i > 0; i--)
        if (!waits_within(chain->waiter[i], chain->task[i - 1], chain->task[i]))
            return false;
    return true;
}

/* Replaces "since the task began" by where that is on the victim now. False: it does not run there.
 * The lock is held. */
static bool resolve(const struct worker *victim, struct filter *filter)
{
    if (filter->kind != FILTER_SINCE)
        return true;
    const struct context *context = context_of_task(victim, filter->task);
    if (!context || !chain_holds(filter->chain))
        return false;
    filter->floor = context->top;
    filter->heap_floor = context->heap_base;
    return true;
}

/* Takes the oldest task of a victim that the filter lets pass. */
bool steal_from(struct worker *thief, struct worker *victim, const struct filter *filter,
                struct stolen *stolen)
{
    if (!worth_stealing(thief, victim))
        return false;
    uint64_t begin = os_now();
    if (filter->surely)
        spin_lock(&victim->lock); /* the thief holds none itself */
    else if (!spin_try_lock(&victim->lock))
        return false;
    struct filter here = *filter;
    bool found = resolve(victim, &here) && (queue_claim(thief, victim, &here, stolen) ||
                                            claim_from_stack(thief, victim, &here, stolen));
    spin_unlock(&victim->lock);
    COUNT(thief->counters.stolen, found);
    if (found)
        thief->steal_ns = os_now() - begin;
    return found;
}

/* Whether there may be one, without the lock: a waiting worker must not hold up the thieves. */
static bool own_possible(const struct worker *worker, const tine_task *top,
                         const struct filter *filter)
{
    if (queue_peek(worker) && (int32_t)(worker->queue_bottom - filter->heap_floor) > 0)
        return true;
    for (const tine_task *slot = top; slot > filter->floor; slot--)
        if (slot_pending(slot - 1))
            return true;
    return false;
}

/* Takes a task of one's own out of line while waiting, the youngest first: the others are left to
 * the thieves. A slot so taken is public, because its sync must come to tine__retake. */
bool steal_own(struct worker *worker, tine_task *top, const struct filter *filter,
               struct stolen *stolen)
{
    if (!own_possible(worker, top, filter))
        return false;
    bool found = false;
    spin_lock(&worker->lock);
    for (tine_task *slot = top; !found && slot > filter->floor; slot--) {
        if (!slot_pending(slot - 1))
            continue;
        found = claim(worker, worker, slot - 1, stolen);
        if (worker->public < slot)
            worker->public = slot;
        set_split(worker);
    }
    if (!found)
        found = queue_claim(worker, worker, filter, stolen);
    spin_unlock(&worker->lock);
    return found;
}

static uint32_t next_random(struct worker *worker)
{
    uint32_t x = worker->random; /* xorshift32 (Marsaglia 2003); never 0 */
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    return worker->random = x;
}

/* Takes a queued task alone, for those that steal_from and steal_own do not serve: of the thief's own queue, or of
 * another executor's worker. */
bool steal_queued(struct worker *thief, struct worker *victim, const struct filter *filter,
                  struct stolen *stolen)
{
    if (!queue_peek(victim))
        return false;
    if (victim == thief || filter->surely)
        spin_lock(&victim->lock);
    else if (!spin_try_lock(&victim->lock))
        return false;
    bool found = queue_claim(thief, victim, filter, stolen);
    spin_unlock(&victim->lock);
    COUNT(thief->counters.stolen, found && victim != thief);
    return found;
}

/* One round over the workers at one distance, from a random one on. */
static bool steal_at(struct worker *thief, enum distance distance, struct stolen *stolen)
{
    static const struct filter all = {.kind = FILTER_ALL};
    struct tine_executor *executor = thief->executor;
    unsigned count = load_acquire(&executor->worker_count);
    struct worker **workers = load_acquire(&executor->workers);
    unsigned start = next_random(thief) % count;
    for (unsigned i = 0; i < count; i++) {
        struct worker *victim = workers[(start + i) % count];
        if (victim == thief || victim == thief->last_victim || !serves(executor, victim) ||
            topology_distance(thief->place, load_acquire(&victim->place)) != distance)
            continue; /* acquire: pairs with note_place in pool.c */
        if (steal_from(thief, victim, &all, stolen)) {
            thief->last_victim = victim;
            return true;
        }
    }
    return false;
}

/* The last good victim, then all others, near ones first. */
bool steal_any(struct worker *thief, struct stolen *stolen)
{
    static const struct filter all = {.kind = FILTER_ALL};
    if (thief->last_victim && serves(thief->executor, thief->last_victim) &&
        steal_from(thief, thief->last_victim, &all, stolen))
        return true;
    unsigned distances = thief->place ? DISTANCES : 1; /* else all are SAME_CACHE */
    for (unsigned d = 0; d < distances; d++)
        if (steal_at(thief, (enum distance)d, stolen))
            return true;
    return false;
}

/* The owner gives a slot back and settles the boundaries. The lock is held. top: the end of its
 * line from now on. */
static void settle(struct worker *worker, tine_task *top)
{
    if (worker->executor->barrier) {
        if (worker->public > top)
            worker->public = top;
        if (worker->requested) {
            store_relaxed(&worker->requested, false);
            worker->public = publish_half(worker, top);
            COUNT(worker->counters.published, 1);
        }
    }
    if (worker->tail > top)
        store_relaxed(&worker->tail, top);
    set_split(worker);
}

/* A spawner is about to wake a thread: makes half of what it has public, so that the thread need not
 * ask. top: the end of its line. */
void steal_publish(struct worker *worker, tine_task *top)
{
    if (!worker->executor->barrier)
        return;
    spin_lock(&worker->lock);
    worker->public = publish_half(worker, top);
    store_relaxed(&worker->requested, false);
    set_split(worker);
    spin_unlock(&worker->lock);
}

/* Stores fn into the slots that a sync out of order gave back together with its own. */
static void fill(tine_task *from, const tine_task *to, tine_run_fn *fn)
{
    for (; from < to; from++)
        store_relaxed(&from->fn, fn);
}

/* See abi.h. The fast path has cleared the slot's fn (or made it a hole), popped the line down to
 * top, and then found the slot below split. */
bool tine__retake(tine_worker *abi, tine_task *top, tine_task *base, tine_task *task, bool hole)
{
    struct worker *worker = worker_of(abi);
    spin_lock(&worker->lock);
    if (load_relaxed(&task->thief) == 0) {
        use_credit(worker);
        settle(worker, top);
        spin_unlock(&worker->lock);
        return true;
    }
    /* A thief has it, or had it: put the line back as it was until the task has ended. */
    fill(top, task, TINE__HOLE);
    store_relaxed(&task->fn, TASK_STOLEN);
    spin_unlock(&worker->lock);

    int *error = os_errno(), saved = *error;
    struct wait wait = {
        .task = task,
        .top = hole ? top : task + 1,
        .own = {.kind = FILTER_OWN, .floor = base, .heap_floor = worker->queue_bottom},
    };
    wait_until(worker, &wait);

    spin_lock(&worker->lock);
    store_relaxed(&task->fn, hole ? TINE__HOLE : NULL);
    tsan_acquire(&task->thief);
    store_relaxed(&task->thief, 0);
    fill(top, task, NULL);
    settle(worker, top);
    spin_unlock(&worker->lock);
    *error = saved;
    return false;
}
