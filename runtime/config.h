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
    TASK_STACK_FACTOR = sizeof(void *) == 8 ? 8 : 2, /* 32 bits: address space is scarce */

    /* A thief takes a stack task only when it has seen it wait for this long, unless what it took last
     * ran for longer and was worth its steal: below, fetching task and result costs both sides more than
     * it saves. */
    WATCH_NS = 2000,

    /* When the owner took it back, a searching thief looks again after WATCH_NS, then after twice as long
     * each time, up to this: each look at a slot that its owner uses costs the owner a cache miss. */
    SHY_NS = 8000,

    /* Nor does it wait when so many slots are in line above it. */
    DEEP_SLOTS = 16,

    /* A searching worker asks spawners to publish after this long in vain, then after twice as long
     * again each time. */
    ASK_NS = 500,

    /* How long a thief waits for the owner to publish before it forces the split down: 10 us for
     * both, when the owner runs. */
    REQUEST_PATIENCE_NS = 500,

    /* An owner that had to be forced publishes all it spawns from then on, until it has taken back
     * this many public tasks that nobody wanted, and they took less than COARSE_NS each on average: then
     * it comes by often enough to be asked. */
    COARSE_CREDIT = 16,
    COARSE_NS = 5000,

    /* How long an idle worker searches before it sleeps, and a waiting one spins before it parks: twice
     * what a futex wake-up takes (40 to 50 us). With 50 and 20 us lu on two workers slept 27 times and
     * took 1.8 % longer, and 2.1 % more processor time; 200 us gain no more (clang, 31 rounds). A worker
     * that was woken for little searches for less, for it disturbs those whose tasks are too small. */
    SEARCH_NS = 100000,
    SEARCH_VAIN_NS = 50000,
    WAIT_SPIN_NS = 100000,

    /* A task from another worker's stack is worth its steal if it runs for so many times as long as the
     * steal took; a search that finds only smaller ones ends when one that finds nothing would.
     * Else a tree of 1,000 nodes, over and over, takes 1.17 times as long as with the owner alone, and in
     * some minutes 2.4 times; so 1.05 and 1.1 (288 rounds in turns). The slow minutes fit cores that are
     * far from each other, which was not measured in them. Not enough: that tasks make up for searches
     * of four times their length (1.06 and 2.4). */
    WORTH_STEALING = 4,

    /* The same of heap tasks, whose run takes longer there than with the owner: the task's lines and its block come and
     * go. ns a task, 1,000 spawned, then synced, over and over (near cores): with nothing to do 37 by one worker, 144 by
     * two that took them whatever they were, 106 so; of 50 ns 81, 173, 155; from 200 ns on, where two workers are as fast
     * as one, all the same. With 10, tasks of 150 ns lose 7 %. */
    WORTH_STEALING_QUEUED = 6,

    /* How long the end of an executor waits awake for a thread to end: sleeping takes two wake-ups. */
    JOIN_SPIN_NS = 200000,
    /* How long it sleeps then until it looks again whether a thread is in a task that exit leaves alone. */
    JOIN_LOOK_NS = 1000000,

    /* A worker that has polled (is_ready) so often in a row, and found nothing to help with, is counted
     * out: what is polled for may need its place. */
    POLLS_IN_VAIN = 64,

    /* A thread that was woken for less work than this rests before the next spawn may wake it again,
     * for twice as long each time up to the limit: a wake-up costs the spawner 5 us. It looks up after
     * each REST_NS, and its rest ends if a task then stays in line for so many times WATCH_NS. (Without
     * that the first long task after a stage of small ones began up to 870 us late; so up to 160.) */
    WORTH_WAKING_NS = 20000,
    REST_NS = 100000,
    REST_DOUBLINGS = 3,
    LOOKS_AT_REST = 3,

    /* When a thread cannot be started the next try comes 1 ms later at the earliest, then after twice as
     * long again each time, up to 2^RETRY_DOUBLINGS ms. Until then every spawn looks whether it is time,
     * which costs some 50 ns; from then on only what comes by anyhow: waits, jobs, searches. A worker asleep in
     * a wait looks each time; one that blocks elsewhere tries all that before it does, if it is the last one that runs
     * (pool_insist). */
    RETRY_DOUBLINGS = 7,

    ALT_STACK_BYTES = 64 * 1024, /* for signal handlers; touched only by them */

    MAX_WORKERS = 4096 /* that TINE_WORKERS or a config may ask for */
};

#endif
