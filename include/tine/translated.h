/* Translated mode: what generated code includes. The ABI, and the words that the translator leaves in
 * place because C can say them. The other words are errors here: none is ever left by accident. */
#ifndef TINE_TRANSLATED_H
#define TINE_TRANSLATED_H

#include <tine/abi.h>
#include <tine/api.h>
#include <tine/types.h>

/* The fields that generated code reads inside the user's functions, where a macro may have their
 * names. */
TINE__INLINE tine_worker *tine__worker_of(const tine_frame *frame)
{
    return frame->worker;
}

TINE__INLINE tine_task *tine__top_of(const tine_frame *frame)
{
    return frame->top;
}

TINE__INLINE tine_run_fn *tine__run_of(tine_task *task)
{
    return __atomic_load_n(&task->fn, __ATOMIC_RELAXED); /* the owner's own store */
}

/* Handles are "not spawned" at first. In pieces: gcc makes a slow `rep stos` of a larger block, and of a
 * short array whose length is not known a call. */
TINE__INLINE void tine__zero(void *object, size_t size)
{
    char *at = (char *)object, *end = at + (size & ~(size_t)15);
    if (!__builtin_constant_p(size) && size <= 128) {
        for (; at != end; at += 16) {
            __builtin_memset(at, 0, 16);
            __asm__("" : "+r"(at)); /* or the loop becomes a call of memset */
        }
        if ((size & 15) != 0)
            __builtin_memset(at, 0, sizeof(void *));
        return;
    }
    if (!__builtin_constant_p(size) || size > 512) {
        __builtin_memset(at, 0, size);
        return;
    }
    for (; size >= 32; at += 32, size -= 32)
        __builtin_memset(at, 0, 32);
    if (size > 0)
        __builtin_memset(at, 0, size);
}

/* Entry of a clone that may need heap tasks, but calls no plain code. */
TINE__INLINE tine_frame tine__frame_heap(tine_worker *worker, tine_task *top)
{
    tine_frame frame = {worker, top, top, worker->heap_bottom};
    return frame;
}

/* Whether none of an activation's tasks is left. */
TINE__INLINE bool tine__is_done(const tine_frame *frame, const size_t *spilled)
{
    return frame->top == frame->base && *spilled == 0;
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

#define TINE__LEFT(word)                                                                           \
    sizeof(struct {                                                                                \
        _Static_assert(0, word " was left untranslated: words in system headers and in the "       \
                               "text of a file of -include are not translated");                   \
        int tine__member;                                                                          \
    })
#define tine_spawn (void *)TINE__LEFT("spawn") + 0 * sizeof
#define tine_submit (void *)TINE__LEFT("tine_submit") + 0 * sizeof
#define tine_spawn_on(ex, ...) ((void *)TINE__LEFT("spawn_on"))
#define tine_submit_on(ex, ...) ((void *)TINE__LEFT("tine_submit_on"))
#define tine_sync(...) ((*(__VA_ARGS__))((struct tine_task *)TINE__LEFT("sync")))
#define tine_wait_for(...) ((*(__VA_ARGS__))((struct tine_job *)TINE__LEFT("tine_wait_for")))
#define tine_is_ready(...) ((_Bool)TINE__LEFT("is_ready"))
#define tine_sync_scope if (!TINE__LEFT("sync_scope")) { } else
#define tine_sync_scope_on(...) if (!TINE__LEFT("sync_scope_on")) { } else

#endif
