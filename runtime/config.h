/* The runtime's tuning constants, each with what it trades and how it was chosen. */
#ifndef TINE_CONFIG_H
#define TINE_CONFIG_H

enum {
    CACHE_LINE = 64,

    /* Heap tasks come in blocks of 64, 128, ... bytes; larger ones go to malloc. */
    POOL_CLASSES = 16,
    POOL_CHUNK_BLOCKS = 64, /* blocks carved out of one allocation */

    /* Bytes set aside for results of tasks that are spawned when memory is out. */
    RESERVE_BYTES = 256 * 1024,

    /* A task stack per byte of C stack: an activation of a translated function takes at least 8
     * bytes of C stack for each 64-byte slot that it uses (the handle, or the slot's address). */
    TASK_STACK_FACTOR = 8,

    /* How long a thief waits for the owner to publish before it forces the split down, and how
     * long an idle worker searches before it sleeps, and a waiting one spins before it parks. A
     * forced steal costs 10 us with a running owner, a futex wake-up 40 to 50 us. */
    REQUEST_PATIENCE_NS = 2000,
    SEARCH_NS = 50000,
    WAIT_SPIN_NS = 20000,

    MAX_WORKERS = 4096 /* that TINE_WORKERS or a config may ask for */
};

#endif
