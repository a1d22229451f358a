/* What a debugger needs to know of this library where there is no debug info of it: the places of
 * the fields that the gdb script reads (runtime/gdb/tinegdb/memory.py). The program itself never
 * reads it. */
#include "worker.h"

#include <stddef.h>

/* All fields, as FIELD(struct, field). */
#define FIELDS(FIELD)                                                                              \
    FIELD(tine_executor, next)                                                                     \
    FIELD(tine_executor, name)                                                                     \
    FIELD(tine_executor, target)                                                                   \
    FIELD(tine_executor, running)                                                                  \
    FIELD(tine_executor, inject_head)                                                              \
    FIELD(tine_executor, workers)                                                                  \
    FIELD(tine_executor, worker_count)                                                             \
    FIELD(tine_executor, free_workers)                                                             \
    FIELD(tine_executor, adapted)                                                                  \
    FIELD(worker, executor)                                                                        \
    FIELD(worker, queue)                                                                           \
    FIELD(worker, queue_mask)                                                                      \
    FIELD(worker, queue_top)                                                                       \
    FIELD(worker, queue_bottom)                                                                    \
    FIELD(worker, awaited)                                                                         \
    FIELD(worker, park)                                                                            \
    FIELD(worker, next_sleeper)                                                                    \
    FIELD(worker, stack)                                                                           \
    FIELD(worker, stack_bytes)                                                                     \
    FIELD(worker, context)                                                                         \
    FIELD(worker, index)                                                                           \
    FIELD(worker, blocking)                                                                        \
    FIELD(worker, pooled)                                                                          \
    FIELD(worker, started)                                                                         \
    FIELD(worker, dead)                                                                            \
    FIELD(worker, thread)                                                                          \
    FIELD(context, parent)                                                                         \
    FIELD(context, task)                                                                           \
    FIELD(running, run)                                                                            \
    FIELD(heap_task, next)                                                                         \
    FIELD(heap_task, ended)                                                                        \
    FIELD(heap_task, flags)                                                                        \
    FIELD(heap_task, fn)                                                                           \
    FIELD(heap_task, thief)

/* A field's place, and its size for those that are numbers. */
#define PLACE(type, field) {offsetof(struct type, field), sizeof ((struct type *)0)->field},
#define NAME(type, field) #type "." #field " "

#define FIELD_COUNT (sizeof((uint16_t[][2]){FIELDS(PLACE)}) / sizeof(uint16_t[2]))

/* The table. version: of the meaning of it all; the script refuses one that it does not know. */
const struct debugger {
    uint32_t version;
    uint32_t pointer_size;
    struct tine_executor *const *executors;
    const char *names; /* of places, each with a space behind it */
    uint32_t place_count;
    uint16_t places[FIELD_COUNT][2];
} tine__debugger __attribute__((visibility("default"))) = {
    .version = 1,
    .pointer_size = sizeof(void *),
    .executors = &tine__executors,
    .names = FIELDS(NAME),
    .place_count = FIELD_COUNT,
    .places = {FIELDS(PLACE)},
};
