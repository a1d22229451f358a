/* What `tine --serial` writes calls of: the ABI of <tine/abi.h> as far as it is needed, in plain C
 * and in order. A task runs when it is spawned; its handle is a box with the result, so that
 * is_spawned, flowvar(void), moves and misuse mean what they mean in a parallel program.
 *
 * Included by <tine/serial.h> in translated serial code only. No library, no threads. */
#ifndef TINE_SERIAL_ABI_H
#define TINE_SERIAL_ABI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <tine/types.h>

typedef struct tine_task tine_task;
typedef struct tine_worker tine_worker;
typedef void tine_run_fn(tine_worker *worker, tine_task *top, tine_task *task);
struct tine_executor;

/* The capture, later the result, stands directly behind. */
struct tine_task {
    _Alignas(16) unsigned char header[16];
};

typedef struct tine_frame {
    tine_worker *worker;
    tine_task *top;
} tine_frame;

typedef struct tine_scope {
    char unused;
} tine_scope;

#define TINE__INLINE static __inline__ __attribute__((always_inline, unused))
#define TINE__LIKELY(x) __builtin_expect(!!(x), 1)
#define TINE__PLAIN static __inline__ __attribute__((unused))

TINE__PLAIN tine_frame tine__enter(void)
{
    tine_frame frame = {NULL, NULL};
    return frame;
}

TINE__PLAIN tine_worker *tine__worker_of(const tine_frame *frame)
{
    return frame->worker;
}

TINE__PLAIN tine_task *tine__top_of(const tine_frame *frame)
{
    return frame->top;
}

TINE__PLAIN void *tine__payload(tine_task *task)
{
    return task + 1;
}

TINE__PLAIN void *tine__payload_aligned(tine_task *task, size_t align)
{
    return (void *)(((uintptr_t)(task + 1) + align - 1) & ~(uintptr_t)(align - 1));
}

TINE__PLAIN tine_task *tine__heap_new(tine_worker *worker, size_t size, size_t align)
{
    tine_task *task = malloc(sizeof *task + size + align);
    (void)worker;
    if (task == NULL) {
        fputs("tine: no memory for a task\n", stderr);
        abort();
    }
    return task;
}

TINE__PLAIN void tine__heap_push(tine_frame *frame, tine_task *task, tine_run_fn *run, bool detached)
{
    run(frame->worker, frame->top, task);
    if (detached)
        free(task);
}

TINE__PLAIN void tine__heap_push_on(struct tine_executor *executor, tine_frame *frame,
                                    tine_task *task, tine_run_fn *run, bool detached)
{
    (void)executor;
    tine__heap_push(frame, task, run, detached);
}

/* A handle that is not spawned ends the program, with the place and the expression. */
TINE__PLAIN void tine__check(const tine_task *task, const char *where)
{
    if (TINE__LIKELY(task != NULL))
        return;
    fprintf(stderr, "tine: %s: not spawned\n", where);
    abort();
}

TINE__PLAIN void tine__join(tine_frame *frame, tine_task *task, const char *where)
{
    (void)frame;
    tine__check(task, where);
}

TINE__PLAIN void tine__free(tine_frame *frame, tine_task *task)
{
    (void)frame;
    free(task);
}

TINE__PLAIN bool tine__is_ready(tine_frame *frame, tine_task *task, const char *where)
{
    (void)frame;
    tine__check(task, where);
    return true;
}

TINE__PLAIN tine_task *tine__pending_new(size_t size, size_t align)
{
    return malloc(sizeof(tine_task) + size + align);
}

TINE__PLAIN bool tine__submit(struct tine_executor *executor, tine_task *task, tine_run_fn *run,
                              bool detached)
{
    (void)executor;
    run(NULL, NULL, task);
    if (detached)
        free(task);
    return true;
}

TINE__PLAIN void tine__pending_wait(tine_task *task, const char *where)
{
    tine__check(task, where);
}

TINE__PLAIN bool tine__pending_ready(tine_task *task, const char *where)
{
    tine__check(task, where);
    return true;
}

TINE__PLAIN void tine__pending_free(tine_task *task)
{
    free(task);
}

TINE__PLAIN void tine__scope_begin(tine_scope *scope, tine_worker *worker, tine_task *top)
{
    (void)scope, (void)worker, (void)top;
}

TINE__PLAIN void tine__scope_begin_on(tine_scope *scope, tine_worker *worker, tine_task *top,
                                      struct tine_executor *executor)
{
    (void)scope, (void)worker, (void)top, (void)executor;
}

TINE__PLAIN void tine__scope_wait(tine_scope *scope)
{
    (void)scope;
}

TINE__PLAIN void tine__scope_end(tine_scope *scope)
{
    (void)scope;
}

/* Handles are "not spawned" at first. In pieces: gcc makes a slow `rep stos` of a larger block. */
TINE__INLINE void tine__zero(void *object, size_t size)
{
    char *at = (char *)object;
    if (!__builtin_constant_p(size) || size > 512) {
        __builtin_memset(at, 0, size);
        return;
    }
    for (; size >= 32; at += 32, size -= 32)
        __builtin_memset(at, 0, 32);
    if (size > 0)
        __builtin_memset(at, 0, size);
}

#define tine_is_spawned(...) ((__VA_ARGS__) != 0)
#define tine_is_submitted(...) ((__VA_ARGS__) != 0)
#define tine_flowvar_move(...)                                                                     \
    __extension__({                                                                                \
        __typeof__(__VA_ARGS__) *tine__from = &(__VA_ARGS__);                                      \
        __typeof__(__VA_ARGS__) tine__moved = *tine__from;                                         \
        *tine__from = 0;                                                                           \
        tine__moved;                                                                               \
    })

#endif
