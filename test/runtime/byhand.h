/* Tasks by hand, on the ABI alone: what the translator would emit, for tests that must not depend on
 * it. CALL declares everything for spawning one function of one 64-bit argument and result. */
#ifndef TINE_TEST_BYHAND_H
#define TINE_TEST_BYHAND_H

#include "tine/abi.h"
#include "tine/api.h"

#define TASK_FUNCTION(f) \
    struct capture_##f { \
        union { \
            uint64_t argument; \
            uint64_t result; \
        }; \
    }; \
    static uint64_t f(tine_worker *worker, tine_task *top, uint64_t argument); \
    static void run_##f(tine_worker *worker, tine_task *top, tine_task *task) \
    { \
        struct capture_##f *c = tine__payload(task); \
        c->result = f(worker, top, c->argument); \
    } \
    TINE__INLINE tine_task *spawn_##f(tine_frame *frame, uint64_t argument) \
    { \
        tine_task *task = frame->top; \
        ((struct capture_##f *)tine__payload(task))->argument = argument; \
        tine__push_shared(frame, task, run_##f); \
        return task; \
    } \
    TINE__INLINE uint64_t sync_##f(tine_frame *frame, tine_task *task) \
    { \
        struct capture_##f *c = tine__payload(task); \
        if (tine__take_any(frame, task)) { \
            int saved = tine__direct_begin(frame->worker); \
            uint64_t result = f(frame->worker, frame->top, c->argument); \
            tine__direct_end(frame->worker, saved); \
            return result; \
        } \
        return c->result; \
    } \
    TINE__INLINE tine_task *spawn_heap_##f(tine_frame *frame, uint64_t argument, bool detached) \
    { \
        tine_task *task = tine__heap_new(frame->worker, sizeof(struct capture_##f), 8); \
        ((struct capture_##f *)tine__payload(task))->argument = argument; \
        tine__heap_push(frame, task, run_##f, detached); \
        return task; \
    } \
    TINE__INLINE uint64_t join_##f(tine_frame *frame, tine_task *task) \
    { \
        tine__join(frame, task, "test: sync"); \
        uint64_t result = ((struct capture_##f *)tine__payload(task))->result; \
        tine__free(frame, task); \
        return result; \
    }

#endif
