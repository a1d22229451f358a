/* The ABI between generated code and the runtime: what the translator emits calls to.
 *
 * Included by <tine.h> in translated mode only. Nothing here is for hand-written code, and it
 * changes with TINE_ABI_VERSION; generated code refers to a symbol that carries the version, so
 * that objects and library of different versions do not link.
 *
 * Glossary
 *   task     a call that may run in parallel: a run function and a capture. 64 bytes on a worker's
 *            task stack (stack task), or a header before a capture of any size (heap task).
 *   capture  the arguments of the call and, later, its result; they share the payload.
 *   worker   a thread that runs tasks, or a foreign thread that spawns. Owns one task stack and
 *            one queue of heap tasks; other workers steal from both.
 *   frame    what an activation of a translated function knows: its worker, the first free slot of
 *            the task stack (top) and what top was at entry (base). It lives in registers.
 *   split    the boundary in a task stack below which tasks are public: a thief may have taken
 *            them. At or above it they are the owner's alone.
 *   hole     a slot whose task was synced before one that was spawned after it.
 *
 * The task stack, [stack, top) being the slots in use:
 *   slot->fn != NULL  <=>  slot in [stack, top)          (so that a thief sees what is live)
 *   slot->thief != 0   =>  slot < split                  (only public tasks are stolen)
 *   frame.base <= every live slot of the frame's tasks < frame.top
 *   worker->top >= the true top whenever code runs that may enter the runtime on its own
 *   (a plain call): it is an upper bound, and tine__enter trims it by the first line.
 *
 * Spawn and sync are a Dekker handshake with the thief (runtime/steal.c: steal_from_stack):
 *   owner at sync:   store slot->fn = 0;   [compiler barrier]  load split
 *   thief:           store split = beyond; [membarrier(2)]     load slot->fn
 * membarrier makes the thief pay for both fences. Either the owner sees the new split, and settles
 * the matter under the worker's lock (tine__retake), or the thief sees that the task is gone.
 * Where there is no membarrier, split stays at the highest address, and every sync takes the lock.
 * A worker that goes to sleep does the same with notify:
 *   owner at spawn:  store slot->fn = run; [compiler barrier]  load notify
 *   sleeper:         store notify = 1;     [membarrier(2)]     look for tasks, then sleep
 */
#ifndef TINE_ABI_H
#define TINE_ABI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TINE_ABI_VERSION 3

typedef struct tine_task tine_task;
typedef struct tine_worker tine_worker;
struct tine_executor;

/* Runs a task's call: reads the arguments from the payload, calls the function with `top` as its
 * first free slot, stores the result at the start of the payload. */
typedef void tine_run_fn(tine_worker *worker, tine_task *top, tine_task *task);

enum {
    TINE__SLOT_SIZE = 64,     /* a stack task; a cache line, so that thief and owner share none */
    TINE__HEADER_SIZE = 16,   /* of every task */
    TINE__PAYLOAD_MAX = 40,   /* of a stack task; larger captures make a heap task */
    TINE__PAYLOAD_ALIGN = 16, /* captures that need more make a heap task with room to align */
    TINE__FRAME_MAX = 256     /* stack tasks of one activation that spawns into an array */
};

/* A task. Stack tasks are 64-byte aligned. Heap tasks have the same first two words, at an address that
 * is 32 modulo 64, and their payload directly behind them; what else they have stands before. */
struct tine_task {
    tine_run_fn *fn;  /* owner: set at spawn (release), cleared at sync; thief: reads (acquire) */
    uintptr_t thief;  /* 0 until taken; the library's business (runtime/task.h) */
    unsigned char payload[TINE__PAYLOAD_MAX] __attribute__((aligned(TINE__PAYLOAD_ALIGN)));
};

__attribute__((unused)) static struct tine_task tine__no_task; /* see TINE__VALUE */

/* The part of a worker that generated code reads. Written by: split, notify: see above. */
struct tine_worker {
    tine_task *split;
    unsigned notify;
    unsigned heap_bottom; /* count of heap tasks queued; owner only */
    tine_task *top;       /* upper bound of the true top; owner only */
    unsigned depth;       /* tasks begun and not ended on this thread; owner only. Not counted:
                           * direct calls of pure code, which nobody can ask in */
    int *error;           /* where the C library keeps errno of the worker's thread */
};

/* What an activation knows. Always inlined into registers: never take its address out of line,
 * except in functions that spawn heap tasks. */
typedef struct tine_frame {
    tine_worker *worker;
    tine_task *top;
    tine_task *base;
    unsigned heap_base; /* heap_bottom at entry: heap tasks above are this activation's */
} tine_frame;

/* A synchronisation scope (sync_scope). Sized storage; runtime/scope.c owns the contents. */
typedef struct tine_scope {
    void *opaque[10];
} tine_scope;

/* Of functions that run tasks, when lines are counted: their one line is the spawn's, which the spawner
 * has counted. */
#if defined __has_attribute
#if __has_attribute(no_profile_instrument_function)
#define TINE__NOT_COUNTED __attribute__((no_profile_instrument_function))
#endif
#endif
#ifndef TINE__NOT_COUNTED
#define TINE__NOT_COUNTED
#endif
/* Without optimisation helpers are called: so the user's line has instructions of its own before them,
 * at which a debugger can stop. Where lines are counted (tinecc says so) they are called, too: inlined, their
 * branches would be the user's line's. */
#ifdef TINE__LINES_COUNTED
#define TINE__INLINE TINE__NOT_COUNTED static __attribute__((noinline, unused))
#elif defined __OPTIMIZE__
#define TINE__INLINE static __inline__ __attribute__((always_inline, unused))
#else
#define TINE__INLINE static __inline__ __attribute__((unused))
#endif
#define TINE__COLD __attribute__((cold, noinline))
#define TINE__HOLE ((tine_run_fn *)(uintptr_t)1)
/* What a confined handle holds whose call was a base case (if (n < 2) return n;): the spawner has computed the
 * result, and there is no task. Only generated code sees it, none looks into it. */
#define TINE__VALUE ((void *)&tine__no_task)
#define TINE__LIKELY(x) __builtin_expect(!!(x), 1)

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default)

/* This thread's worker, or NULL before its first spawn. */
extern __thread tine_worker *tine__self __attribute__((tls_model("initial-exec")));

/* Makes this thread a worker (starting the executor if it is the first); on no memory, stops the
 * program with a message. */
TINE__COLD tine_worker *tine__attach(void);

/* A spawn found notify set: starts or wakes a worker. top: the frame's. Keeps errno. */
TINE__COLD void tine__notify(tine_worker *worker, tine_task *top);

/* A sync found its task public. True: nobody has it, call it directly. False: it has been run by
 * another worker; the result is in the payload, and the slot is free (as after a fast sync).
 * hole: whether the slot stays in the line as a hole. Keeps errno. */
TINE__COLD bool tine__retake(tine_worker *worker, tine_task *top, tine_task *base, tine_task *task,
                             bool hole);

/* Heap tasks. tine__heap_new gives a task whose payload has at least size bytes at the alignment
 * (a power of two; tine__payload_aligned finds it). Never NULL: with no memory it takes from a
 * small reserve, and tine__heap_push then runs the task at once; with the reserve used up as well
 * it stops the program with a message. tine__heap_push queues the task on its worker. detached:
 * nobody will sync it; it is freed when it has run, and counts in the innermost scope. */
tine_task *tine__heap_new(tine_worker *worker, size_t size, size_t align);
void tine__heap_push(tine_frame *frame, tine_task *task, tine_run_fn *run, bool detached);
/* The same onto another executor's queue (spawn_on). executor NULL: the global one. */
void tine__heap_push_on(struct tine_executor *executor, tine_frame *frame, tine_task *task,
                        tine_run_fn *run, bool detached);

/* Makes sure that a task of either kind has ended: runs it here if nobody began it, else waits
 * and helps. Then its result is at the payload's start. tine__free gives the task back; read the
 * result between the two. Both keep errno. where: "file:line: sync(x)", for the message that
 * stops the program when task is NULL. */
void tine__join(tine_frame *frame, tine_task *task, const char *where);
void tine__free(tine_frame *frame, tine_task *task);

/* What is rare where an activation may have more tasks than stack tasks (arrays of handles, detached
 * tasks of a scope): out of line and by value, so that what is common keeps its registers. top, base,
 * heap_base: the frame's.
 * tine__spill: no stack task is left; makes the capture that is written in the slot at top, of that size,
 * a heap task and queues it.
 * tine__join_spilled: makes sure that a heap task has ended, copies its result, of that size, into the
 * slot at top, which it returns, and gives it back. task NULL: as tine__join.
 * tine__drop: makes sure that a task of either kind has ended, and gives it back; returns the top from now
 * on. The last two keep errno. Not cold: gcc would take loops with such calls for cold as a whole. */
tine_task *tine__spill(tine_worker *worker, tine_task *top, tine_run_fn *run, size_t size,
                       bool detached);
tine_task *tine__join_spilled(tine_worker *worker, tine_task *top, tine_task *base,
                              unsigned heap_base, tine_task *task, size_t size, const char *where);
tine_task *tine__drop(tine_worker *worker, tine_task *top, tine_task *base, unsigned heap_base,
                      tine_task *task, const char *where);

/* is_ready: true when the task has ended. May run it, if nobody has begun it (so that a loop
 * that polls makes progress on one worker). Never for confined flowvars. */
bool tine__is_ready(tine_frame *frame, tine_task *task, const char *where);

/* tine_submit: queues a task that no worker runs inside the caller; the handle is tine_pending(T).
 * false: no memory or no thread; the caller frees the task with tine__pending_free. */
tine_task *tine__pending_new(size_t size, size_t align);
bool tine__submit(struct tine_executor *executor, tine_task *task, tine_run_fn *run, bool detached);
void tine__pending_wait(tine_task *task, const char *where);
bool tine__pending_ready(tine_task *task, const char *where);
void tine__pending_free(tine_task *task);

/* sync_scope: begin at the opening brace, end as the cleanup of the tine_scope. wait: what end does
 * first, without the end; before the closing brace and each jump out of the block, because compilers
 * end the lifetime of the block's variables before they run the cleanup. Both keep errno. */
void tine__scope_begin(tine_scope *scope, tine_worker *worker, tine_task *top);
void tine__scope_begin_on(tine_scope *scope, tine_worker *worker, tine_task *top,
                          struct tine_executor *executor);
void tine__scope_wait(tine_scope *scope);
void tine__scope_end(tine_scope *scope);

/* The library carries a symbol of its ABI version; generated code refers to it. */
#define TINE__PASTE_(a, b) a##b
#define TINE__PASTE(a, b) TINE__PASTE_(a, b)
#define TINE__ABI_SYMBOL TINE__PASTE(tine__abi_version_, TINE_ABI_VERSION)
extern const char TINE__ABI_SYMBOL;

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif

#ifndef __cplusplus
__attribute__((used)) static const char *const tine__abi_used = &TINE__ABI_SYMBOL;

_Static_assert(sizeof(struct tine_task) == TINE__SLOT_SIZE, "a stack task is one cache line");
_Static_assert(offsetof(struct tine_task, payload) == TINE__HEADER_SIZE, "header size");

/* TINE__VALUE, in such a way that gcc does not know it: else it warns of what would be done to it on ways that it cannot
 * rule out (-fsanitize=undefined). */
TINE__INLINE void *tine__value(void)
{
    void *value = TINE__VALUE;
    __asm__("" : "+r"(value));
    return value;
}

/* Entry of a clone: worker and top come as arguments from a translated caller. */
TINE__INLINE tine_frame tine__frame(tine_worker *worker, tine_task *top)
{
    tine_frame frame = {worker, top, top, 0};
    return frame;
}

/* The same in a function from which plain code is called: that code finds top in the worker. */
TINE__INLINE tine_frame tine__frame_shared(tine_worker *worker, tine_task *top)
{
    tine_frame frame = {worker, top, top, worker->heap_bottom};
    worker->top = top;
    return frame;
}

/* The worker of this thread, at a plain entry. */
TINE__INLINE tine_worker *tine__worker(void)
{
    tine_worker *worker = tine__self;
    return TINE__LIKELY(worker != NULL) ? worker : tine__attach();
}

/* The true top, at a plain entry: worker->top is an upper bound, and a slot is live exactly when
 * its fn is set. The slot before the first one always is. */
TINE__INLINE tine_task *tine__top(tine_worker *worker)
{
    tine_task *top = worker->top;
    while (__atomic_load_n(&top[-1].fn, __ATOMIC_RELAXED) == NULL)
        top--;
    return top;
}

/* Plain entry of a function that is not cloned. */
TINE__INLINE tine_frame tine__enter(void)
{
    tine_worker *worker = tine__worker();
    return tine__frame_shared(worker, tine__top(worker));
}

/* The payload of a task: where its capture begins. */
TINE__INLINE void *tine__payload(tine_task *task)
{
    return (char *)task + TINE__HEADER_SIZE;
}

TINE__INLINE void *tine__payload_aligned(tine_task *task, size_t align)
{
    return (void *)(((uintptr_t)task + TINE__HEADER_SIZE + align - 1) & ~(uintptr_t)(align - 1));
}

/* The two looks of the fast path: whether a spawner has nobody to notify, and whether a task is at or above split, so
 * the owner's alone. Relaxed loads; what comes before them has a fence of the compiler's. gcc gives a load that is
 * atomic an instruction and a register of its own, so it is told to compare with memory: fib takes 4 % less. */
#if defined __x86_64__ && defined __LP64__ && defined __OPTIMIZE__ && !defined __clang__ && \
    !defined __SANITIZE_THREAD__
TINE__INLINE bool tine__is_quiet(const tine_worker *worker)
{
    __asm__ goto("cmp{l $0, %0| %0, 0}\n\tjne %l1" : : "m"(worker->notify) : "cc", "memory" : set);
    return true;
set:
    return false;
}

TINE__INLINE bool tine__is_private(const tine_worker *worker, const tine_task *task)
{
    __asm__ goto("cmp{q %0, %1| %1, %0}\n\tjb %l2"
                 : : "m"(worker->split), "r"(task) : "cc", "memory" : below);
    return true;
below:
    return false;
}
#else
TINE__INLINE bool tine__is_quiet(const tine_worker *worker)
{
    return __atomic_load_n(&worker->notify, __ATOMIC_RELAXED) == 0;
}

TINE__INLINE bool tine__is_private(const tine_worker *worker, const tine_task *task)
{
    return task >= __atomic_load_n(&worker->split, __ATOMIC_RELAXED);
}
#endif

/* Puts a stack task, whose capture is written, in line. release: pairs with the thief's acquire
 * load of fn (runtime/steal.c), which orders the capture before the task's start. */
TINE__INLINE void tine__push(tine_frame *frame, tine_task *task, tine_run_fn *run)
{
    __atomic_store_n(&task->fn, run, __ATOMIC_RELEASE);
    frame->top = task + 1;
    __atomic_signal_fence(__ATOMIC_SEQ_CST); /* the owner's half of the handshake: see above */
    if (!TINE__LIKELY(tine__is_quiet(frame->worker)))
        tine__notify(frame->worker, frame->top);
}

/* The same in a function from which plain code is called. */
TINE__INLINE void tine__push_shared(tine_frame *frame, tine_task *task, tine_run_fn *run)
{
    frame->worker->top = task + 1;
    tine__push(frame, task, run);
}

/* Whether an activation that spawns into an array may use one more stack task. */
TINE__INLINE bool tine__room(const tine_frame *frame)
{
    return frame->top - frame->base < TINE__FRAME_MAX;
}

/* Whether a task is a stack task (of any worker). */
TINE__INLINE bool tine__on_stack(const tine_task *task)
{
    return ((uintptr_t)task & (TINE__SLOT_SIZE - 1)) == 0;
}

/* Takes back a confined task, the last spawned of those not yet synced. True: call the function
 * directly, with frame->top as its top. False: it has ended elsewhere; the result is in the
 * payload. */
TINE__INLINE bool tine__take(tine_frame *frame, tine_task *task)
{
    frame->top = task;
    __atomic_store_n(&task->fn, (tine_run_fn *)0, __ATOMIC_RELAXED);
    __atomic_signal_fence(__ATOMIC_SEQ_CST); /* the owner's half of the handshake: see above */
    if (TINE__LIKELY(tine__is_private(frame->worker, task)))
        return true;
    return tine__retake(frame->worker, frame->top, frame->base, task, false);
}

/* Whether a handle is that of its frame's last task, which is then a stack task and spawned: heap tasks
 * and NULL lie elsewhere. */
TINE__INLINE bool tine__is_last(const tine_frame *frame, const tine_task *task)
{
    return (uintptr_t)task + TINE__SLOT_SIZE == (uintptr_t)frame->top;
}

/* Gives back the holes at the end of a frame's line. */
TINE__INLINE void tine__trim(tine_frame *frame)
{
    tine_task *top = frame->top;
    while (top > frame->base && __atomic_load_n(&top[-1].fn, __ATOMIC_RELAXED) == TINE__HOLE) {
        top--;
        __atomic_store_n(&top->fn, (tine_run_fn *)0, __ATOMIC_RELAXED);
    }
    frame->top = top;
}

/* tine__take for a frame that may have holes, which go with the last task after them. */
TINE__INLINE bool tine__take_last(tine_frame *frame, tine_task *task)
{
    frame->top = task;
    __atomic_store_n(&task->fn, (tine_run_fn *)0, __ATOMIC_RELAXED);
    if (!TINE__LIKELY(__atomic_load_n(&task[-1].fn, __ATOMIC_RELAXED) != TINE__HOLE))
        tine__trim(frame); /* the hole may be an outer activation's: then it stays */
    __atomic_signal_fence(__ATOMIC_SEQ_CST); /* the owner's half of the handshake: see above */
    if (TINE__LIKELY(tine__is_private(frame->worker, task)))
        return true;
    return tine__retake(frame->worker, frame->top, frame->base, task, false);
}

/* Takes back a confined task that is not the last, and leaves a hole. */
TINE__INLINE bool tine__take_inner(tine_frame *frame, tine_task *task)
{
    __atomic_store_n(&task->fn, TINE__HOLE, __ATOMIC_RELAXED);
    __atomic_signal_fence(__ATOMIC_SEQ_CST); /* the owner's half of the handshake: see above */
    if (TINE__LIKELY(tine__is_private(frame->worker, task)))
        return true;
    return tine__retake(frame->worker, frame->top, frame->base, task, true);
}

/* Takes back a confined stack task in any order. */
TINE__INLINE bool tine__take_any(tine_frame *frame, tine_task *task)
{
    return TINE__LIKELY(tine__is_last(frame, task)) ? tine__take_last(frame, task)
                                                    : tine__take_inner(frame, task);
}

/* Takes back what an element of an array of handles holds: a stack task, a heap task, or nothing (which
 * stops the program). After false the result, of that size, is in the payload of *task. */
TINE__INLINE bool tine__take_element(tine_frame *frame, tine_task **task, size_t size, const char *where)
{
    if (TINE__LIKELY(tine__is_last(frame, *task)))
        return tine__take_last(frame, *task);
    if (TINE__LIKELY(*task != NULL && tine__on_stack(*task)))
        return tine__take_inner(frame, *task);
    *task = tine__join_spilled(frame->worker, frame->top, frame->base, frame->heap_base, *task, size,
                               where);
    return false;
}

/* Drops what an element holds, if anything. */
TINE__INLINE void tine__drop_element(tine_frame *frame, tine_task *task, const char *where)
{
    if (!TINE__LIKELY(task == NULL))
        frame->top = tine__drop(frame->worker, frame->top, frame->base, frame->heap_base, task, where);
}

/* errno of the worker's thread: around the direct call of a task that was taken back and that may do no more than
 * set it, because sync keeps errno. */
TINE__INLINE int tine__errno_of(const tine_worker *worker)
{
    return *worker->error;
}

TINE__INLINE void tine__set_errno(const tine_worker *worker, int saved_errno)
{
    *worker->error = saved_errno;
}

/* The same around a call that may do anything: exit, sync_all and the end of the thread can tell that they happen
 * inside a task. */
TINE__INLINE int tine__direct_begin(tine_worker *worker)
{
    worker->depth++;
    return tine__errno_of(worker);
}

TINE__INLINE void tine__direct_end(tine_worker *worker, int saved_errno)
{
    tine__set_errno(worker, saved_errno);
    worker->depth--;
}

#endif /* !__cplusplus */
#endif /* TINE_ABI_H */
