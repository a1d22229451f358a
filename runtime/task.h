/* Tasks inside the library: the states of tine_task.thief, heap tasks, and the filter that says
 * which tasks a waiting worker may run.
 *
 * States of task->thief
 *   0            pending: in line, nobody has begun it.
 *   worker       running on that worker (64-byte aligned, so the low bits are free).
 *   worker | 1   running, and that worker sleeps until it has ended (TASK_WAITED).
 *   2            done (TASK_DONE): the result is in the payload.
 * Transitions and who may make them
 *   0 -> worker            stack task: under the lock of the stack's owner, by a thief or by the owner
 *                          itself (own child); heap task: compare and swap, by anyone.
 *   worker -> waiter | 1   compare and swap by the one thread that syncs the task, before it sleeps.
 *   worker [| 1] -> done   exchange by the worker that ran it (release: orders the result before it;
 *                          partner: the acquire load in future.c:task_done). If 1 was set it wakes
 *                          the waiter.
 *   done -> 0              stack task: by the owner, in tine__retake, when the slot is given back.
 * Danger: from the exchange on, the task's memory is the waiter's. The runner must not touch it. */
#ifndef TINE_TASK_H
#define TINE_TASK_H

#include "tine/abi.h"
#include "atomics.h"
#include "config.h"

struct worker;
struct scope;

#define TASK_WAITED ((uintptr_t)1)
#define TASK_DONE ((uintptr_t)2)

/* fn of a stolen slot: not 0, so that the line stays dense; not a function. */
#define TASK_STOLEN ((tine_run_fn *)(uintptr_t)2)

static inline bool is_run_function(tine_run_fn *fn)
{
    return (uintptr_t)fn > 2;
}

/* What kind of heap task it is: set before others can see it, constant from then on. */
enum heap_flags {
    HEAP_DETACHED = 1, /* nobody holds a handle: freed when it has run */
    HEAP_INLINE = 2,   /* from the reserve: must run at once */
    HEAP_INJECTED = 4, /* in an executor's inject queue: only that executor's threads run it */
    HEAP_PENDING = 8,  /* of tine_submit: ends by the field ended, not by thief */
    HEAP_ADAPTED = 16, /* injected into an executor of the program's own (adapt.c) */
    HEAP_HELD = 32     /* with a handle and in no scope: see held_begin in scope.c */
};

/* Whether a queue entry still points to it, guarded by the lock of that queue's worker (home). A task is
 * freed when it is neither in a queue nor anyone's. */
enum heap_entry {
    ENTRY_NONE,
    ENTRY_QUEUED,
    ENTRY_ORPHAN /* synced and done: whoever drops the entry frees it */
};

/* How a task of tine_submit stands. 0 -> CALL by tine_when_ended, 0 or CALL -> ENDED by its runner. */
enum pending_state { PENDING_RUNS, PENDING_CALL, PENDING_ENDED };

/* A heap task: 32 bytes, then the head that it shares with stack tasks. Blocks are 64-byte
 * aligned, so heads are at 32 modulo 64. */
struct heap_task {
    union {
        struct scope *scope;     /* that counts it, or NULL */
        void (*call)(void *);    /* pending, ended == PENDING_CALL: to be called at its end */
    };
    union {
        struct worker *home;     /* whose pool the block goes back to; NULL: malloc's */
        void *argument;          /* of call; pending tasks are malloc's by their size_class too */
    };
    struct heap_task *next;  /* free, or in an inject queue, where call may be set meanwhile */
    uint32_t ended;          /* enum pending_state; a waiter sleeps on it */
    uint8_t flags;           /* enum heap_flags */
    uint8_t entry;           /* enum heap_entry */
    uint8_t size_class;      /* block of (size_class + 1) * 64 bytes; POOL_CLASSES: from malloc */
    uint8_t generation;      /* forks before it was made: another process runs those made before */
    /* The head, as in tine_task; 32 bytes from the beginning on every machine. */
    tine_run_fn *fn __attribute__((aligned(32)));
    uintptr_t thief;
};

#define HEAP_HEAD offsetof(struct heap_task, fn)
#define HEAP_CAPTURE (HEAP_HEAD + TINE__HEADER_SIZE) /* where the payload begins in the block */

_Static_assert(HEAP_HEAD == 32, "the head's address tells the kind");
_Static_assert(HEAP_CAPTURE % TINE__PAYLOAD_ALIGN == 0, "the payload is aligned");

static inline struct heap_task *heap_of(tine_task *task)
{
    return (struct heap_task *)((char *)task - HEAP_HEAD);
}

static inline tine_task *task_of(struct heap_task *heap)
{
    return (tine_task *)((char *)heap + HEAP_HEAD);
}

/* Which tasks of a worker a search may take. */
struct chain;

struct filter {
    enum {
        FILTER_ALL,    /* any */
        FILTER_SINCE,  /* spawned by task since it began, and their descendants */
        FILTER_OWN,    /* slots from floor, queue entries from heap_floor (own children) */
        FILTER_SCOPE   /* counted in scope, or descendants of one that is */
    } kind;
    const struct chain *chain; /* SINCE: who waits for whom, the last for task */
    tine_task *task;
    tine_task *floor;
    uint32_t heap_floor;
    struct scope *scope;
    bool held;                 /* SCOPE: and held tasks */
    bool surely;               /* waits for a victim's lock, rather than pass the victim by */
};

#endif
