/* Random trees of every kind of spawn and sync, on the ABI alone, against their serial elision: the
 * same result, and every task run exactly once. Arguments: rounds, seed, depth. */
#include "byhand.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { WIDTH = 6 };

static bool serial;           /* elide every spawn */
static uint64_t runs;         /* tasks begun (atomic) */
static uint64_t detached_sum; /* of what detached tasks computed (atomic) */

static uint64_t mix(uint64_t x)
{
    x ^= x >> 30, x *= UINT64_C(0xbf58476d1ce4e5b9);
    x ^= x >> 27, x *= UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

TASK_FUNCTION(node)
TASK_FUNCTION(leaf)

/* A detached task: its effect is a sum. */
static uint64_t leaf(tine_worker *worker, tine_task *top, uint64_t seed)
{
    (void)worker, (void)top;
    __atomic_fetch_add(&runs, 1, __ATOMIC_RELAXED);
    __atomic_fetch_add(&detached_sum, mix(seed), __ATOMIC_RELAXED);
    return 0;
}

static uint64_t child_of(uint64_t argument, unsigned i)
{
    uint64_t depth = argument & 0xff;
    return (mix(argument + i) & ~UINT64_C(0xff)) | (depth - 1);
}

static uint64_t node_serial(uint64_t argument, unsigned children, bool detach)
{
    uint64_t sum = mix(argument);
    for (unsigned i = 0; i < children; i++)
        sum += node(NULL, NULL, child_of(argument, i)) * (i + 1);
    if (detach)
        leaf(NULL, NULL, argument);
    return sum;
}

/* Confined tasks, synced last to first, first to last, or from the middle. */
static uint64_t node_confined(tine_frame *f, uint64_t argument, unsigned children, unsigned order)
{
    tine_task *task[WIDTH];
    uint64_t sum = mix(argument);
    for (unsigned i = 0; i < children; i++)
        task[i] = spawn_node(f, child_of(argument, i));
    for (unsigned n = 0; n < children; n++) {
        unsigned i = order == 0 ? children - 1 - n : order == 1 ? n : (n + children / 2) % children;
        sum += sync_node(f, task[i]) * (i + 1);
    }
    return sum;
}

/* Heap tasks; one waits by polling. */
static uint64_t node_heap(tine_frame *f, uint64_t argument, unsigned children, bool poll)
{
    tine_task *task[WIDTH];
    uint64_t sum = mix(argument);
    for (unsigned i = 0; i < children; i++)
        task[i] = spawn_heap_node(f, child_of(argument, i), false);
    if (poll && children > 0)
        while (!tine__is_ready(f, task[0], "test: is_ready"))
            ;
    for (unsigned i = 0; i < children; i++)
        sum += join_node(f, task[i]) * (i + 1);
    return sum;
}

/* Both kinds in turn. */
static uint64_t node_mixed(tine_frame *f, uint64_t argument, unsigned children)
{
    tine_task *task[WIDTH];
    uint64_t sum = mix(argument);
    for (unsigned i = 0; i < children; i++)
        task[i] = i % 2 ? spawn_heap_node(f, child_of(argument, i), false)
                        : spawn_node(f, child_of(argument, i));
    for (unsigned i = 0; i < children; i++)
        sum += (i % 2 ? join_node(f, task[i]) : sync_node(f, task[i])) * (i + 1);
    return sum;
}

static uint64_t node(tine_worker *worker, tine_task *top, uint64_t argument)
{
    unsigned depth = (unsigned)(argument & 0xff);
    uint64_t choice = mix(argument ^ 0x5bd1e995);
    unsigned children = depth ? (unsigned)(choice % WIDTH) : 0;
    bool detach = choice >> 8 & 1;
    __atomic_fetch_add(&runs, 1, __ATOMIC_RELAXED);
    if (serial)
        return node_serial(argument, children, detach);

    tine_frame f = tine__frame_shared(worker, top);
    bool scoped = detach && (choice >> 9 & 1);
    tine_scope scope;
    if (scoped)
        tine__scope_begin(&scope, f.worker, f.top);
    if (detach)
        spawn_heap_leaf(&f, argument, true);
    uint64_t sum;
    switch (choice >> 16 & 7) {
    case 0: sum = node_heap(&f, argument, children, choice >> 10 & 1); break;
    case 1: sum = node_mixed(&f, argument, children); break;
    case 2: sum = node_confined(&f, argument, children, 1); break;
    case 3: sum = node_confined(&f, argument, children, 2); break;
    default: sum = node_confined(&f, argument, children, 0); break;
    }
    if (scoped)
        tine__scope_end(&scope);
    return sum;
}

static bool round_is_right(uint64_t argument)
{
    serial = true, runs = detached_sum = 0;
    uint64_t expected = node(NULL, NULL, argument), expected_runs = runs, expected_sum = detached_sum;
    serial = false, runs = detached_sum = 0;
    tine_frame f = tine__enter();
    uint64_t result = sync_node(&f, spawn_node(&f, argument));
    tine_sync_all();
    if (result == expected && runs == expected_runs && detached_sum == expected_sum)
        return true;
    fprintf(stderr,
            "stress: argument %#" PRIx64 ": result %" PRIx64 " not %" PRIx64 ", runs %" PRIu64
            " not %" PRIu64 ", detached %" PRIx64 " not %" PRIx64 "\n",
            argument, result, expected, runs, expected_runs, detached_sum, expected_sum);
    return false;
}

int main(int argc, char **argv)
{
    unsigned long rounds = argc > 1 ? strtoul(argv[1], NULL, 10) : 200;
    uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    uint64_t depth = argc > 3 ? strtoull(argv[3], NULL, 10) : 9;
    uint64_t total = 0;
    for (unsigned long i = 0; i < rounds; i++) {
        if (!round_is_right((mix(seed + i) & ~UINT64_C(0xff)) | depth))
            return 1;
        total += runs;
    }
    printf("stress: %lu rounds, %" PRIu64 " tasks, all right\n", rounds, total);
    return 0;
}
