/* Indices of queues are 32 bits wide and wrap around after 2^32 heap tasks on one worker: here after a few,
 * because the queues of all threads begin shortly before. Looks into the runtime's own structures. */
#include "../../runtime/worker.h"
#include "byhand.h"
#include "cases.h"

#include <unistd.h>

enum { BEFORE = 37, MANY = 300 }; /* more than fit before the end, and than a ring's first size */

static uint64_t begun, released, ended;

/* Moves the calling thread's empty queue, and with it, unless they are to look old, its contexts. */
static void move_queue(tine_worker *abi, uint32_t index, bool contexts)
{
    struct worker *worker = worker_of(abi);
    spin_lock(&worker->lock);
    CHECK(worker->queue_top == worker->queue_bottom);
    store_relaxed(&worker->queue_top, index);
    store_relaxed(&worker->queue_bottom, index);
    worker->searched.to = worker->abi.heap_bottom = index;
    for (struct context *c = worker->context; c && contexts; c = c->parent)
        c->heap_base = index;
    spin_unlock(&worker->lock);
}

static bool wrapped(const tine_frame *f)
{
    return f->worker->heap_bottom < UINT32_MAX / 2;
}

static tine_frame enter_near_the_end(void)
{
    tine_frame f = tine__enter();
    move_queue(f.worker, UINT32_MAX - BEFORE, true);
    f.heap_base = f.worker->heap_bottom;
    return f;
}

TASK_FUNCTION(quick)
static uint64_t quick(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    ADD(ended, 1);
    return argument + 1;
}

/* Keeps a thread until it is released. */
TASK_FUNCTION(held)
static uint64_t held(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    ADD(begun, 1);
    UNTIL(GET(released));
    return argument;
}

/* Synced from either end, and from the middle. */
static void synced_in_any_order(void)
{
    tine_frame f = enter_near_the_end();
    tine_task *task[MANY];
    for (uint64_t i = 0; i < MANY; i++)
        task[i] = spawn_heap_quick(&f, i, false);
    CHECK(wrapped(&f));
    for (uint64_t i = 0; i < MANY; i++) {
        uint64_t which = i % 3 == 0 ? i / 3 : i % 3 == 1 ? MANY - 1 - i / 3 : MANY / 3 + i / 3;
        CHECK(join_quick(&f, task[which]) == which + 1);
    }
    CHECK(GET(ended) == MANY);
}

/* The only worker runs its own children at the end of a scope, and those alone. */
static void own_children(void)
{
    tine_frame f = enter_near_the_end();
    tine_task *older = spawn_heap_quick(&f, 1, false);
    tine_scope scope;
    tine__scope_begin(&scope, f.worker, f.top);
    for (uint64_t i = 0; i < MANY; i++)
        spawn_heap_quick(&f, i, true);
    CHECK(wrapped(&f));
    tine__scope_end(&scope);
    CHECK(GET(ended) == MANY && test_threads() == 1);
    CHECK(join_quick(&f, older) == 2);
}

/* Other threads take the oldest. */
static void stolen(void)
{
    tine_frame f = enter_near_the_end();
    for (uint64_t i = 0; i < MANY; i++)
        spawn_heap_quick(&f, i, true);
    UNTIL(GET(ended) == MANY);
    CHECK(wrapped(&f));
}

/* Taken out of the middle of another thread's queue, by who waits for a scope, or for the task that has
 * filled it. */
TASK_FUNCTION(long_line)
static uint64_t long_line(tine_worker *worker, tine_task *top, uint64_t count)
{
    move_queue(worker, UINT32_MAX - BEFORE, true);
    tine_frame f = tine__frame_shared(worker, top);
    for (uint64_t i = 0; i < count; i++)
        spawn_heap_quick(&f, i, true);
    CHECK(wrapped(&f));
    SET(begun, 1);
    UNTIL(GET(ended) == count);
    return count;
}

static void line_in_a_scope(void)
{
    tine_frame f = tine__enter();
    tine_scope scope;
    tine__scope_begin(&scope, f.worker, f.top);
    spawn_heap_long_line(&f, MANY, true);
    UNTIL(GET(begun) == 1);
    tine__scope_end(&scope);
    CHECK(GET(ended) == MANY);
}

static void line_of_an_awaited_task(void)
{
    tine_frame f = tine__enter();
    tine_task *task = spawn_long_line(&f, MANY);
    UNTIL(GET(begun) == 1);
    CHECK(sync_long_line(&f, task) == MANY);
}

/* An activation that has spawned so many tasks in its life that its own base looks later than what it spawns
 * now: it does not help with these, which is safe, and somebody else does. */
static void base_of_long_ago(uint32_t since)
{
    tine_frame f = tine__enter();
    tine_scope scope;
    tine__scope_begin(&scope, f.worker, f.top);
    move_queue(f.worker, f.worker->heap_bottom + since, false);
    tine_task *task[MANY];
    for (uint64_t i = 0; i < MANY; i++)
        task[i] = spawn_heap_quick(&f, i, i % 2);
    for (uint64_t i = 0; i < MANY; i += 2)
        CHECK(join_quick(&f, task[i]) == i + 1);
    tine__scope_end(&scope);
    CHECK(GET(ended) == MANY);
}

static void base_half_the_way_back(void)
{
    base_of_long_ago(UINT32_MAX / 2 + 10);
}

static void base_nearly_all_the_way_back(void)
{
    base_of_long_ago(UINT32_MAX - BEFORE);
}

/* What was searched in vain begins before the wrap and ends after it; and goes back behind it with the end
 * of the queue. */
static uint64_t claim(struct worker *worker, struct filter *filter)
{
    struct stolen found;
    spin_lock(&worker->lock);
    bool any = queue_claim(worker, worker, filter, &found);
    spin_unlock(&worker->lock);
    return any ? ((struct capture_quick *)tine__payload(found.task))->argument : UINT64_MAX;
}

static void searched_across_the_end(void)
{
    tine_frame f = tine__enter();
    struct worker *worker = worker_of(f.worker);
    const uint32_t first = UINT32_MAX - BEFORE;
    tine_task *busy = spawn_held(&f, 1); /* on the other thread */
    UNTIL(GET(begun) == 1);
    move_queue(f.worker, first, true);
    for (uint64_t i = 0; i < 3 * BEFORE; i++)
        spawn_heap_quick(&f, i, true);
    struct filter late = {.kind = FILTER_SINCE, .heap_floor = first + 2 * BEFORE};
    CHECK(claim(worker, &late) == 2 * BEFORE);
    struct filter early = {.kind = FILTER_SINCE, .heap_floor = first + 5};
    for (uint64_t i = 5; i < 3 * BEFORE; i++) {
        if (i != 2 * BEFORE)
            CHECK(claim(worker, &early) == i);
        CHECK(i == 2 * BEFORE || worker->searched.to == first + (uint32_t)i + 1);
    }
    CHECK(claim(worker, &early) == UINT64_MAX);
    struct filter own = {.kind = FILTER_OWN, .heap_floor = first + 1};
    CHECK(claim(worker, &own) == 4);
    CHECK(worker->queue_bottom == first + 4 && worker->searched.to == first + 4);
    spawn_heap_quick(&f, 77, true);
    early.heap_floor = first + 4;
    CHECK(claim(worker, &early) == 77);
    (void)busy;
    _exit(0); /* nothing runs what was claimed */
}

/* Who waited for detached tasks alone, at exit, passed one by that sync_all waits for. */
static void searched_for_detached_ones(void)
{
    tine_frame f = tine__enter();
    struct worker *worker = worker_of(f.worker);
    struct filter all = {.kind = FILTER_SCOPE, .scope = &worker->executor->root, .held = true};
    struct filter detached = {.kind = FILTER_SCOPE, .scope = &worker->executor->root};
    spawn_heap_quick(&f, 7, false);
    CHECK(claim(worker, &detached) == UINT64_MAX);
    CHECK(claim(worker, &all) == 7);
    _exit(0); /* nothing runs what was claimed */
}

int main(int argc, char **argv)
{
    static const struct test_case cases[] = {
        {"synced_in_any_order_1", synced_in_any_order, "1", NULL, 0},
        {"synced_in_any_order_3", synced_in_any_order, "3", NULL, 0},
        {"own_children", own_children, "1", NULL, 0},
        {"stolen", stolen, "3", NULL, 0},
        {"line_in_a_scope", line_in_a_scope, "2", NULL, 0},
        {"line_of_an_awaited_task", line_of_an_awaited_task, "2", NULL, 0},
        {"base_half_the_way_back_1", base_half_the_way_back, "1", NULL, 0},
        {"base_half_the_way_back_2", base_half_the_way_back, "2", NULL, 0},
        {"base_nearly_all_the_way_back_1", base_nearly_all_the_way_back, "1", NULL, 0},
        {"base_nearly_all_the_way_back_2", base_nearly_all_the_way_back, "2", NULL, 0},
        {"searched_across_the_end", searched_across_the_end, "2", NULL, 0},
        {"searched_for_detached_ones", searched_for_detached_ones, "1", NULL, 0},
    };
    return cases_main(argc, argv, cases, COUNT_OF(cases));
}
