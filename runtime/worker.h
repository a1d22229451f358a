/* Workers and executors: who runs tasks, and what they share.
 *
 * An executor keeps `target` threads running while there is work. running counts the threads that
 * run or search; one that sleeps or waits in its sleep does not count, and while running < target,
 * every worker's notify is set, so that the next spawn calls tine__notify, which wakes or starts
 * a thread (pool.c, threads.c).
 *
 * Layers, each seeing only those before it: config, atomics, os, topology, task, worker (this header), scope, heap, queue,
 * steal, pool, threads, future, executor, api. */
#ifndef TINE_WORKER_H
#define TINE_WORKER_H

#include "os.h"
#include "task.h"
#include "topology.h"
#include "tine/api.h"

/* A scope's count; lives in the tine_scope of the activation that opened it. */
struct scope {
    /* Tasks counted and not ended, times 2; the low bit says that the owner sleeps on it. Added to
     * by spawners (relaxed: the spawner is itself inside the scope), taken from by runners
     * (release; partner: the acquire load in scope.c:scope_ended). The scope is gone as soon as
     * the count is seen to be 0: a runner does not touch it after its decrement. */
    uintptr_t pending;
    struct worker *owner;           /* who waits at its end; constant */
    struct tine_executor *executor; /* counts only tasks of it; NULL: of all */
    struct scope *outer;            /* where the ones that it does not count are counted */
    bool root;                      /* an executor's: for good, its owner is whoever waits just now */
    bool lost;                      /* tasks of it stayed in the parent process at fork */
};

/* Links a region of a worker's stack and queue to the scope that counts what is spawned there: one
 * for each stolen task that runs and each scope opened. Pushed and popped by the owner under its
 * lock, so that a thief who holds the lock may walk the chain. */
struct context {
    struct context *parent;
    struct scope *scope;   /* NULL: none */
    tine_task *task;       /* that runs here; NULL: a scope */
    tine_task *top;        /* slots at or above belong here, unless to an inner context */
    uint32_t heap_base;    /* likewise queue entries */
};

/* The context of a stolen task, and for debuggers what runs. */
struct running {
    struct context context;
    tine_run_fn *run;
};

/* What tine_scope holds. */
struct scope_frame {
    struct scope scope;
    struct context context;
};

_Static_assert(sizeof(struct scope_frame) <= sizeof(tine_scope), "tine_scope has room");

/* What a worker does for others to see in tine_stats. Written by the owner (forced: under its lock;
 * stood_in: under the executor's, by who wakes it), read by anyone. In words, so that they are atomic everywhere. */
struct counters {
    uintptr_t run, stolen, published, forced, parked_ns, parks, heap, stood_in;
};

#define COUNT(counter, n) store_relaxed(&(counter), load_relaxed(&(counter)) + (n))

/* Free blocks of one size class. */
struct pool {
    struct heap_task *free[POOL_CLASSES];
    struct heap_task *remote; /* freed by other threads: pushed with CAS, taken whole by the owner */
};

struct worker {
    struct tine_worker abi; /* the owner's cache line: see abi.h */

    /* The thieves' line. Guarded by lock:
     *   stack <= tail <= public,   split >= public
     *   every slot in [stack, tail) was not pending when last seen (a hint: see steal.c) */
    struct spin_lock lock __attribute__((aligned(CACHE_LINE)));
    uint8_t coarse;      /* > 0: publishes whatever it spawns: see COARSE_CREDIT; read anywhere */
    bool requested;      /* a thief asks the owner to publish; split is MAX until it answers */
    bool searched_held;  /* the search whose outcome `searched` is let held tasks pass, too */
    tine_task *public;   /* thieves may claim below; MAX where every task is public */
    tine_task *tail;
    tine_task **queue;   /* heap tasks: entry i is queue[i & queue_mask], [queue_top, queue_bottom) */
    uint32_t queue_mask;
    uint32_t queue_top;
    uint32_t queue_bottom; /* == abi.heap_bottom */
    uint64_t coarse_since; /* when coarse was last set to COARSE_CREDIT */
    /* No entry in [from, to) can be claimed that counts in the scope (nor, see searched_held, is held); scope NULL:
     * none at all.
     *   queue_top <= to <= queue_bottom, modulo 2^32 like all differences of indices */
    struct {
        struct scope *scope;
        uint32_t from, to;
    } searched;

    /* What the worker waits for, for those who look whom to help: guarded by nothing, stale reads
     * only cost a look in vain (workers are never freed while their executor lives). */
    struct worker *awaited_runner;
    tine_task *awaited;

    /* Parking: 0 nothing, 1 a wake is due, 2 asleep. */
    uint32_t park __attribute__((aligned(CACHE_LINE)));
    bool listed;             /* in the executor's sleepers or waiters; guarded by its lock */
    struct worker *next_sleeper; /* in the list of sleepers or of waiters */
    const struct os_place *place; /* where the owner last ran; NULL: not known; thieves read it */

    /* The owner's alone. */
    struct tine_executor *executor __attribute__((aligned(CACHE_LINE)));
    tine_task *stack;        /* stack[0] is a hole for good: tine__top stops there */
    size_t stack_bytes;
    struct context *context; /* innermost; never NULL */
    struct context root;     /* the outermost */
    struct heap_task *chunks; /* blocks obtained from malloc, for the end */
    struct pool pool;
    unsigned index;          /* in executor->workers */
    unsigned blocking;       /* nesting of tine_blocking_begin */
    unsigned away;           /* waits in its sleep, blocks, polls in vain: counted out while > 0 */
    unsigned polls;          /* in vain, in a row: see POLLS_IN_VAIN */
    bool aside;              /* counted out because of them */
    bool lends;              /* in executor->lent */
    bool pooled;             /* a thread of ours, not a foreign one; read anywhere */
    bool started;            /* thread is valid */
    bool ended;              /* and has nothing left to do */
    bool counted;            /* in executor->running: pooled, or the one that started it */
    bool dead;               /* its thread is gone (after fork) */
    bool stray;              /* the only thread of a forked child, which was a thread of ours */
    unsigned vain;           /* times in a row that it has worked for little: see WORTH_WAKING_NS */
    bool eager;              /* the task taken last was worth it: see WATCH_NS */
    bool shied;              /* it has watched a task that its owner then took back: see SHY_NS */
    uint64_t steal_ns;       /* the last steal that succeeded, from locking the victim on */
    uint32_t random;
    struct worker *last_victim;
    uintptr_t c_stack;       /* the end (lowest address) of the thread's C stack; 0: not known */
    void *alt_stack;         /* for signals; ALT_STACK_BYTES before the task stack */
    struct os_seat seat;     /* of a thread of ours */
    pthread_t thread;
    uintptr_t held_begun, held_ended; /* tasks, modulo the word: see held_begin; read by anyone */
    struct counters counters;
};

struct tine_executor {
    struct spin_lock lock;       /* guards the lists, the counts of threads, and inject */
    unsigned target;             /* threads that should run while there is work */
    unsigned running;            /* that do: changed under lock, read anywhere */
    unsigned searching;          /* threads that look for work just now; a hint for spawners */
    unsigned starting;           /* threads that will in a moment; likewise */
    unsigned pool_running;       /* of them: threads of ours */
    unsigned lent;               /* foreign threads that block with tasks; changed under lock */
    unsigned absent;             /* counted workers that wait, block or poll; changed under lock */
    unsigned pool_absent;        /* of them: threads of ours */
    unsigned threads;            /* of ours, not ended, also those being started */
    unsigned alive;              /* of them: started */
    unsigned reserve;            /* threads that there may be beyond target */
    unsigned failures;           /* starts of a thread in a row that failed */
    uint32_t failed_ms;          /* when the last of them did */
    bool stop;                   /* the executor ends: nobody searches, idle threads sleep */
    bool over;                   /* nothing is left that anybody waits for: threads end */
    bool watched;                /* whoever ends a held task looks whether it was the last; a spawn wakes
                                  * the root's owner */
    uint32_t ends;               /* threads that have ended; at exit a thread sleeps on it */
    bool topology;               /* CPUs are not all equally near: set once by a thread */
    bool barrier;                /* os_barrier works: private tasks are possible */
    bool starter_counts;         /* the global one: the thread that starts it is one of target */
    struct worker *sleepers;     /* idle threads first in, last out */
    struct worker *waiters;      /* asleep in a wait: may help their runner */
    struct heap_task *inject_head, *inject_tail; /* submitted and spawned from outside, FIFO */
    unsigned injected;           /* length; read anywhere */
    struct worker **workers;     /* grows by copying; old arrays stay until the end */
    unsigned worker_count, worker_room;
    struct worker *free_workers; /* of foreign threads that have ended; linked by next_sleeper */
    struct scope root;           /* counts detached tasks outside any scope */
    uintptr_t held_ended;        /* held tasks of it that other executors' workers have run */
    size_t stack_size;
    bool pin;
    char name[16];
    const tine_executor_interface *adapted; /* NULL: it has threads of its own */
    void *adapted_context;
    uint32_t jobs;               /* injected or handed over, and not ended */
    uint32_t jobs_begun;         /* injected so far, modulo 2^32 */
    struct tine_executor *next;  /* all executors, for fork */
};

static inline struct worker *worker_of(tine_worker *worker)
{
    return (struct worker *)worker;
}

static inline struct worker *self_worker(void)
{
    return (struct worker *)tine__self;
}

/* While an executor ends its threads leave alone what foreign threads have in line. */
static inline bool serves(const struct tine_executor *executor, const struct worker *spawner)
{
    return !load_relaxed(&executor->stop) || load_relaxed(&spawner->pooled);
}

/* executor.c */
extern struct tine_executor *tine__executors;
struct tine_executor *executor_global(void);
struct worker *executor_add_worker(struct tine_executor *executor, bool pooled);
void executor_watch_end(struct worker *worker);

/* pool.c: searching, sleeping and waking */
void pool_wake(struct tine_executor *executor, struct worker *spawner);
void pool_look(struct tine_executor *executor);
void pool_wake_injected(struct tine_executor *executor);
bool pool_reach(struct tine_executor *executor);
void pool_begin_blocking(struct worker *worker);
void pool_insist(struct tine_executor *executor);
void pool_end_blocking(struct worker *worker);
void pool_end_loan(struct worker *worker);
void pool_poll(struct worker *worker);
void pool_end_polls(struct worker *worker);
void pool_begin_wait(struct worker *worker);
bool pool_end_wait(struct worker *worker);
void pool_arm(struct tine_executor *executor);
bool pool_work_waits(struct tine_executor *executor);
void pool_count(struct worker *worker, int change);
bool pool_stands_in(const struct tine_executor *executor, unsigned running);
void pool_note_start(struct tine_executor *executor, bool failed);
void pool_work(struct worker *worker);
bool pool_sleep_idle(struct worker *worker);
uint64_t pool_sleep_ns(struct tine_executor *executor);
void worker_park(struct worker *worker);
void worker_park_for(struct worker *worker, uint64_t ns);
void worker_unpark(struct worker *worker);

/* threads.c: starting and ending threads */
bool pool_start_thread(struct tine_executor *executor);
struct worker *pool_end_if_idle(struct tine_executor *executor, unsigned others);
void pool_unpark_all(struct worker *worker);
void pool_stop(struct tine_executor *executor, bool at_exit);

/* steal.c: taking tasks of others, and one's own out of line */

/* Who waits for whom: waiter[0] is the thief, waiter[i] runs task[i - 1] and awaits task[i]. */
enum { MAX_HOPS = 16 };
struct chain {
    unsigned length;
    struct worker *waiter[MAX_HOPS];
    tine_task *task[MAX_HOPS];
};

struct stolen {
    tine_task *task;
    tine_run_fn *run;
    struct scope *scope; /* that counts what it spawns */
};
bool steal_from(struct worker *thief, struct worker *victim, const struct filter *filter,
                struct stolen *stolen);
bool steal_own(struct worker *worker, tine_task *top, const struct filter *filter,
               struct stolen *stolen);
bool steal_queued(struct worker *thief, struct worker *victim, const struct filter *filter,
                  struct stolen *stolen);
bool steal_any(struct worker *thief, struct stolen *stolen);
bool steal_waits(const struct worker *thief);
void steal_publish(struct worker *worker, tine_task *top);
bool steal_possible(const struct worker *victim);

/* queue.c: queues of heap tasks */
bool queue_push(struct worker *worker, tine_task *task);
void queue_release(struct worker *worker, tine_task *task);
bool queue_claim(struct worker *thief, struct worker *victim, const struct filter *filter,
                 struct stolen *stolen);
bool inject_push(struct tine_executor *executor, struct heap_task *heap);
void job_ended(struct tine_executor *executor);
bool inject_pop(struct tine_executor *executor, struct worker *worker, struct stolen *stolen);

/* heap.c: memory of heap tasks */
struct heap_task *heap_new(struct worker *worker, size_t size);
void heap_free(struct worker *worker, struct heap_task *heap);
void heap_after_fork(void);
extern uint8_t heap_generation;

/* future.c: running and waiting */
struct wait {
    tine_task *task;     /* waits until it has ended, or */
    struct scope *scope; /* until nothing is counted in it, */
    bool held;           /* an executor's root: and until no held task of it is left */
    tine_task *top;      /* first free slot of the waiting worker */
    struct filter own;   /* its own children */
};
void run_stolen(struct worker *worker, const struct stolen *stolen, tine_task *top);
void wait_until(struct worker *worker, const struct wait *wait);

/* adapt.c: executors of the program's own */
struct tine_executor *executor_new_adapted(void);
bool adapted_submit(struct tine_executor *executor, struct heap_task *heap, bool must);

/* fault.c: a message when a stack is full */
void fault_init(void);
void fault_watch_thread(struct worker *worker);
void fault_unwatch_thread(struct worker *worker);

/* stats.c */
void stats_print(tine_executor *executor);

/* scope.c: contexts and scopes */
void context_push(struct worker *worker, struct context *context, struct scope *scope,
                  tine_task *task, tine_task *top);
const struct context *context_of_task(const struct worker *owner, const tine_task *task);
void context_pop(struct worker *worker, struct context *context);
const struct context *context_of_slot(const struct worker *owner, const tine_task *slot);
struct scope *scope_for(struct worker *worker, struct tine_executor *executor, bool detached);
void scope_add(struct scope *scope);
void scope_remove(struct scope *scope);
void scope_wake(const struct worker *spawner, struct scope *scope);
bool scope_ended(const struct scope *scope);
void held_begin(struct worker *worker, struct heap_task *heap);
void held_end(struct worker *worker, struct tine_executor *executor);
bool executor_idle(const struct tine_executor *executor);
void held_watch(struct tine_executor *executor);

#endif
