/* What a waiting worker may run, and that waiting cannot deadlock. */
#include "../../runtime/worker.h"
#include "byhand.h"
#include "cases.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

static uint64_t begun[16], go[16], ended_count;

/* --- a lock held across sync meets no stranger --------------------------------------------------
 *
 * A lock that says when the thread that asks for it is the one that holds it: in a program that
 * is a deadlock with itself. */
static uint64_t lock_word;
static pthread_t lock_holder;

static void lock(void)
{
    for (uint64_t nothing = 0; !__atomic_compare_exchange_n(&lock_word, &nothing, 1, false,
                                                            __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
         nothing = 0) {
        CHECK(GET(lock_word) != 2 || !pthread_equal(lock_holder, pthread_self()));
        test_pause();
    }
    lock_holder = pthread_self();
    SET(lock_word, 2);
}

static void unlock(void)
{
    SET(lock_word, 0);
}

/* Waits for a flag, but not for ever: where the runtime need not do what the test would like. */
static void until_or_a_while(const uint64_t *flag)
{
    for (int i = 0; i < 200 && !GET(*flag); i++)
        test_sleep_ms(1);
}

/* A task that wants the lock, queued by the root. Below the waiting task on the stack, and none of
 * its own: it must not run on top of it. */
TASK_FUNCTION(stranger)
TASK_FUNCTION(child)
TASK_FUNCTION(locker)
TASK_FUNCTION(outer)

static uint64_t stranger(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    SET(begun[3], 1);
    lock();
    unlock();
    return argument;
}

/* Runs on the other worker until the stranger has begun somewhere. */
static uint64_t child(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    SET(begun[2], 1);
    until_or_a_while(&begun[3]);
    return argument;
}

static uint64_t locker(tine_worker *worker, tine_task *top, uint64_t argument)
{
    tine_frame f = tine__frame_shared(worker, top);
    lock();
    SET(begun[1], 1);
    tine_task *task = spawn_child(&f, argument);
    until_or_a_while(&begun[2]);
    argument = sync_child(&f, task);
    unlock();
    return argument;
}

static uint64_t outer(tine_worker *worker, tine_task *top, uint64_t argument)
{
    tine_frame f = tine__frame_shared(worker, top);
    tine_task *task = spawn_locker(&f, argument);
    SET(begun[0], 1);
    until_or_a_while(&begun[1]);
    return sync_locker(&f, task);
}

static uint64_t join_in_a_frame_of_its_own(tine_worker *worker, tine_task *top, tine_task *task)
{
    tine_frame f = tine__frame_shared(worker, top);
    return join_outer(&f, task);
}

/* main waits for outer and takes locker from it; locker waits for child, which outer's worker took
 * while it waited for locker. */
static void lock_and_older_heap_task(void)
{
    tine_frame f = tine__enter();
    tine_task *task = spawn_heap_outer(&f, 5, false);
    UNTIL(GET(begun[0]));
    tine_task *other = spawn_heap_stranger(&f, 6, false);
    CHECK(join_in_a_frame_of_its_own(f.worker, f.top, task) == 5);
    CHECK(join_stranger(&f, other) == 6);
}

/* main waits for `first`, which waits for `locker_2` while it runs its own child `busy`. main hops over
 * it and takes `inner` from locker_2, which waits for inner with the lock held. Hopping over main it
 * would come to what `first` spawned since it began: the stranger. */
TASK_FUNCTION(inner)
TASK_FUNCTION(locker_2)
TASK_FUNCTION(busy)
TASK_FUNCTION(first)

static uint64_t inner(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    SET(begun[5], 1);
    until_or_a_while(&begun[3]);
    return argument;
}

static uint64_t locker_2(tine_worker *worker, tine_task *top, uint64_t argument)
{
    tine_frame f = tine__frame_shared(worker, top);
    SET(begun[4], 1);
    UNTIL(GET(begun[6]));
    lock();
    tine_task *task = spawn_inner(&f, argument);
    SET(begun[8], 1);
    until_or_a_while(&begun[5]);
    SET(go[1], 1); /* the stranger may be spawned */
    UNTIL(GET(go[2]));
    argument = sync_inner(&f, task);
    unlock();
    return argument;
}

static uint64_t busy(tine_worker *worker, tine_task *top, uint64_t argument)
{
    tine_frame f = tine__frame_shared(worker, top);
    SET(begun[6], 1);
    UNTIL(GET(go[1]));
    tine_task *task = spawn_stranger(&f, argument);
    SET(go[2], 1);
    until_or_a_while(&begun[3]);
    return sync_stranger(&f, task);
}

static uint64_t first(tine_worker *worker, tine_task *top, uint64_t argument)
{
    tine_frame f = tine__frame_shared(worker, top);
    tine_task *awaited = spawn_locker_2(&f, argument);
    UNTIL(GET(begun[4])); /* the third worker has it */
    tine_task *own = spawn_busy(&f, argument);
    SET(begun[0], 1);
    argument = sync_locker_2(&f, awaited);
    return argument + sync_busy(&f, own);
}

static void lock_and_a_hop_over_a_helper(void)
{
    tine_frame f = tine__enter();
    tine_task *task = spawn_first(&f, 5);
    UNTIL(GET(begun[0]));
    UNTIL(GET(begun[8])); /* first's own child has begun on first's worker, and inner is in line */
    CHECK(sync_first(&f, task) == 10);
}

/* --- blocking ---------------------------------------------------------------------------------- */

enum { STAGES = 64, ITEMS = 50 };
static int pipes[STAGES + 1][2];

static void read_all(int file, void *to, size_t size)
{
    for (char *p = to; size > 0;) {
        ssize_t n = read(file, p, size);
        CHECK(n > 0 || (n < 0 && errno == EINTR));
        p += n > 0 ? n : 0;
        size -= n > 0 ? (size_t)n : 0;
    }
}

TASK_FUNCTION(stage)
static uint64_t stage(tine_worker *worker, tine_task *top, uint64_t number)
{
    (void)worker, (void)top;
    for (int i = 0; i < ITEMS; i++) {
        uint64_t item;
        tine_blocking_begin();
        read_all(pipes[number][0], &item, sizeof item);
        tine_blocking_end();
        item++;
        tine_blocking_begin();
        CHECK(write(pipes[number + 1][1], &item, sizeof item) == sizeof item);
        tine_blocking_end();
    }
    ADD(ended_count, 1);
    return number;
}

static void pipeline(void)
{
    for (int i = 0; i <= STAGES; i++)
        CHECK(pipe(pipes[i]) == 0);
    tine_frame f = tine__enter();
    tine_task *task[STAGES];
    for (uint64_t i = 0; i < STAGES; i++)
        task[i] = spawn_heap_stage(&f, STAGES - 1 - i, false);
    for (uint64_t i = 0; i < ITEMS; i++)
        CHECK(write(pipes[0][1], &i, sizeof i) == sizeof i);
    tine_blocking_begin();
    for (uint64_t i = 0; i < ITEMS; i++) {
        uint64_t item;
        read_all(pipes[STAGES][0], &item, sizeof item);
        CHECK(item == i + STAGES);
    }
    tine_blocking_end();
    for (uint64_t i = 0; i < STAGES; i++)
        CHECK(join_stage(&f, task[i]) == STAGES - 1 - i);
    CHECK(GET(ended_count) == STAGES);
}

/* The same as tasks on the stack, which the parent waits for while they block. */
static void pipeline_synced(void)
{
    for (int i = 0; i <= STAGES; i++)
        CHECK(pipe(pipes[i]) == 0);
    for (uint64_t i = 0; i < ITEMS; i++)
        CHECK(write(pipes[0][1], &i, sizeof i) == sizeof i);
    tine_frame f = tine__enter();
    tine_task *task[STAGES];
    for (uint64_t i = 0; i < STAGES; i++)
        task[i] = spawn_stage(&f, STAGES - 1 - i);
    for (uint64_t i = 0; i < STAGES; i++)
        CHECK(sync_stage(&f, task[i]) == STAGES - 1 - i);
    CHECK(GET(ended_count) == STAGES);
}

/* --- odds -------------------------------------------------------------------------------------- */

TASK_FUNCTION(quick)
static uint64_t quick(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    SET(begun[7], 1);
    errno = ENOSPC;
    ADD(ended_count, 1);
    return argument + 1;
}

static void polling_one_worker(void)
{
    tine_frame f = tine__enter();
    for (int i = 0; i < 100; i++) {
        tine_task *task = spawn_heap_quick(&f, 1, false);
        while (!tine__is_ready(&f, task, "test"))
            ;
        CHECK(join_quick(&f, task) == 2);
    }
}

/* sync keeps errno, whoever ran the task. */
static void sync_keeps_errno(void)
{
    tine_frame f = tine__enter();
    tine_task *task = spawn_quick(&f, 1);
    UNTIL(GET(begun[7]));
    errno = EDOM;
    CHECK(sync_quick(&f, task) == 2 && errno == EDOM);
    task = spawn_heap_quick(&f, 1, false);
    errno = EDOM;
    CHECK(join_quick(&f, task) == 2 && errno == EDOM);
}

static void join_nothing(void)
{
    tine_frame f = tine__enter();
    tine__join(&f, NULL, "prog.c:6: sync(x)");
}

static void ready_nothing(void)
{
    tine_frame f = tine__enter();
    tine__is_ready(&f, NULL, "prog.c:7: is_ready(x)");
}

static void wait_for_nothing(void)
{
    tine__pending_wait(NULL, "prog.c:8: tine_wait_for(x)");
}

TASK_FUNCTION(sync_all_inside)
static uint64_t sync_all_inside(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    tine_sync_all();
    return argument;
}

static void sync_all_in_a_task(void)
{
    tine_frame f = tine__enter();
    tine_task *task = spawn_heap_sync_all_inside(&f, 1, false);
    join_sync_all_inside(&f, task);
}

/* The same with one worker, which calls the task at sync. */
TASK_FUNCTION(call_sync_all)
static uint64_t call_sync_all(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    tine_sync_all();
    return argument;
}

static void sync_all_in_a_called_task(void)
{
    tine_frame f = tine__enter();
    sync_call_sync_all(&f, spawn_call_sync_all(&f, 1));
}

/* Detached tasks against sync_all, so that the end of the last one meets the beginning of the wait. */
TASK_FUNCTION(brief)
static uint64_t brief(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    for (uint64_t i = 0; i < argument; i++)
        __atomic_signal_fence(__ATOMIC_SEQ_CST);
    ADD(ended_count, 1);
    return 0;
}

static void sync_all_often(void)
{
    uint64_t rounds = test_is_slow() ? 300 : 5000;
    tine_frame f = tine__enter();
    for (uint64_t i = 1; i <= rounds && !test_is_late(); i++) {
        spawn_heap_brief(&f, i * 13 % 30000, true);
        spawn_heap_brief(&f, i * 17 % 30000, true);
        tine_sync_all();
        CHECK(GET(ended_count) == 2 * i);
    }
}

/* One worker, and that is the main thread, which goes away with a detached task in its line: a foreign thread
 * that sleeps in sync_all, for a job that others run, wakes and runs it. */
TASK_FUNCTION(until_go)
static uint64_t until_go(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    SET(begun[0], 1);
    UNTIL(GET(go[0]));
    return argument;
}

static void *sync_all_beside(void *argument)
{
    tine_task *job = tine__pending_new(sizeof(struct capture_until_go), 8);
    CHECK(job && tine__submit(NULL, job, run_until_go, true));
    tine_sync_all();
    CHECK(GET(ended_count) == 1);
    return argument;
}

/* Blocks with a task in its line, which the pool must run. */
static void *block_with_a_task(void *argument)
{
    tine_frame f = tine__enter();
    spawn_heap_brief(&f, 0, true);
    tine_blocking_begin();
    UNTIL(GET(ended_count) == 1);
    tine_blocking_end();
    return argument;
}

static void foreign_thread_blocks(void)
{
    pthread_t thread;
    tine__enter(); /* the only worker is this thread, which waits where nobody sees it */
    CHECK(pthread_create(&thread, NULL, block_with_a_task, NULL) == 0);
    pthread_join(thread, NULL);
}

static void sync_all_of_another_thread(void)
{
    pthread_t thread;
    tine_frame f = tine__enter();
    CHECK(pthread_create(&thread, NULL, sync_all_beside, NULL) == 0);
    UNTIL(GET(begun[0]));
    test_sleep_ms(50); /* the other thread sleeps by now */
    spawn_heap_brief(&f, 0, true);
    SET(go[0], 1);
    pthread_join(thread, NULL);
}

/* Two threads end the last two tasks with handles at the same moment, as long as a store takes to leave a
 * processor: one of them wakes who sleeps in sync_all. By the runtime's own calls, which meet like that once in 200
 * times. */
static struct worker *enders[2], *sleeper;
static uint64_t round_begun, rounds_ended, last_round;

static void spin_until(const uint64_t *counter, uint64_t value)
{
    for (unsigned looks = 1; GET(*counter) < value; looks++)
        if (looks % 4096 == 0)
            test_pause();
        else
            cpu_relax();
}

static void end_in_each_round(struct worker *ender)
{
    unsigned random = ender == enders[0] ? 1 : 2;
    for (uint64_t round = 1;; round++) {
        spin_until(&round_begun, round);
        if (round > GET(last_round))
            break;
        for (unsigned i = (random = random * 1103515245 + 12345) >> 16 & 15; i > 0; i--)
            cpu_relax();
        held_end(ender, ender->executor);
        ADD(rounds_ended, 1);
        spin_until(&rounds_ended, 2 * round);
        if (ender != enders[0])
            continue;
        CHECK(exchange(&sleeper->park, 0, __ATOMIC_SEQ_CST) == 1);
        sleeper->held_begun += 2;
        if (test_is_late())
            SET(last_round, round);
        SET(round_begun, round + 1);
    }
}

static void *end_beside(void *argument)
{
    end_in_each_round(enders[1]);
    return argument;
}

static void last_two_end_at_once(void)
{
    pthread_t thread;
    SET(last_round, test_is_slow() ? 300 : 20000);
    struct tine_executor *executor = worker_of(tine__enter().worker)->executor;
    for (int i = 0; i < 2; i++)
        CHECK((enders[i] = executor_add_worker(executor, false)));
    CHECK((sleeper = executor_add_worker(executor, false)));
    executor->watched = true;
    executor->root.owner = sleeper;
    sleeper->held_begun = 2;
    SET(round_begun, 1);
    CHECK(pthread_create(&thread, NULL, end_beside, NULL) == 0);
    end_in_each_round(enders[0]);
    pthread_join(thread, NULL);
    executor->watched = false;
    executor->root.owner = NULL;
    sleeper->held_begun -= 2;
}

/* The same for the end of a scope: its task, which the main thread runs, leaves another one in line there. */
static tine_task *shared;

TASK_FUNCTION(leave_one)
static uint64_t leave_one(tine_worker *worker, tine_task *top, uint64_t argument)
{
    tine_frame f = tine__frame_shared(worker, top);
    SET(begun[0], 1);
    test_sleep_ms(50); /* the scope's thread sleeps by then */
    spawn_heap_brief(&f, 0, true);
    return argument;
}

static void *scope_beside(void *argument)
{
    tine_frame f = tine__enter();
    tine_scope scope;
    tine__scope_begin(&scope, f.worker, f.top);
    SET(shared, spawn_heap_leave_one(&f, 3, false));
    UNTIL(GET(begun[0]));
    tine__scope_end(&scope);
    CHECK(GET(ended_count) == 1);
    return argument;
}

static void scope_of_another_thread(void)
{
    pthread_t thread;
    tine_frame f = tine__enter();
    CHECK(pthread_create(&thread, NULL, scope_beside, NULL) == 0);
    UNTIL(GET(shared));
    CHECK(join_leave_one(&f, shared) == 3);
    pthread_join(thread, NULL);
}

static tine_executor *other;

TASK_FUNCTION(until_ended)
static uint64_t until_ended(tine_worker *worker, tine_task *top, uint64_t count)
{
    (void)worker, (void)top;
    tine_blocking_begin();
    UNTIL(GET(ended_count) == count);
    tine_blocking_end();
    return count;
}

static tine_task *spawn_on_other(tine_frame *f, uint64_t count)
{
    tine_task *task = tine__heap_new(f->worker, sizeof(struct capture_until_ended), 8);
    ((struct capture_until_ended *)tine__payload(task))->argument = count;
    tine__heap_push_on(other, f, task, run_until_ended, false);
    return task;
}

static void beside(void *(*run)(void *))
{
    pthread_t thread;
    tine__enter();
    other = tine_executor_new(NULL);
    CHECK(other && pthread_create(&thread, NULL, run, NULL) == 0);
    pthread_join(thread, NULL);
    tine_executor_free(other);
}

/* The only worker waits where nobody sees it, and a foreign thread blocks with a task after it has polled in vain, or
 * waits in a function called. */
static void *block_after_polls(void *argument)
{
    tine_frame f = tine__enter();
    tine_task *job = tine__pending_new(sizeof(struct capture_until_ended), 8);
    ((struct capture_until_ended *)tine__payload(job))->argument = 1;
    CHECK(job && tine__submit(other, job, run_until_ended, false));
    for (int i = 0; i < 2 * POLLS_IN_VAIN; i++)
        CHECK(!tine__pending_ready(job, "test"));
    tine_task *task = spawn_brief(&f, 0);
    tine_blocking_begin();
    UNTIL(GET(ended_count) == 1);
    tine_blocking_end();
    sync_brief(&f, task);
    tine__pending_wait(job, "test");
    tine__pending_free(job);
    return argument;
}

static void foreign_thread_blocks_after_polls(void)
{
    beside(block_after_polls);
}

static uint64_t wait_in_a_call(tine_worker *worker, tine_task *top)
{
    tine_frame f = tine__frame_shared(worker, top);
    return join_until_ended(&f, spawn_on_other(&f, 1));
}

static void *wait_with_a_task(void *argument)
{
    tine_frame f = tine__enter();
    tine_task *task = spawn_brief(&f, 0);
    CHECK(wait_in_a_call(f.worker, f.top) == 1);
    sync_brief(&f, task);
    return argument;
}

static void foreign_thread_waits_with_a_task(void)
{
    beside(wait_with_a_task);
}

/* A foreign thread waits inside a scope and runs meanwhile what it has spawned before, so that its queue is shorter
 * than at the scope's begin when it spawns the scope's task. The only worker waits where nobody sees it. */
static void *scope_over_an_older_task(void *argument)
{
    tine_frame f = tine__enter();
    tine_task *older = spawn_heap_brief(&f, 0, false);
    tine_scope scope;
    tine__scope_begin(&scope, f.worker, f.top);
    CHECK(join_until_ended(&f, spawn_on_other(&f, 1)) == 1);
    spawn_heap_brief(&f, 0, true);
    tine__scope_end(&scope);
    CHECK(GET(ended_count) == 2);
    join_brief(&f, older);
    return argument;
}

static void scope_over_an_older_task_that_was_run(void)
{
    beside(scope_over_an_older_task);
}

/* A job's thread is one more than there are workers. It blocks with a task in its line, or waits for a task
 * elsewhere that waits for the one in its line, which was spawned by who calls the function that waits. */
TASK_FUNCTION(blocks_with_a_task)
static uint64_t blocks_with_a_task(tine_worker *worker, tine_task *top, uint64_t argument)
{
    tine_frame f = tine__frame_shared(worker, top);
    tine_task *task = spawn_brief(&f, 0);
    tine_blocking_begin();
    UNTIL(GET(ended_count) == 1);
    tine_blocking_end();
    sync_brief(&f, task);
    SET(begun[9], 1);
    return argument;
}

TASK_FUNCTION(waits_with_a_task)
static uint64_t waits_with_a_task(tine_worker *worker, tine_task *top, uint64_t argument)
{
    tine_frame f = tine__frame_shared(worker, top);
    tine_task *task = spawn_brief(&f, 0);
    CHECK(wait_in_a_call(f.worker, f.top) == 1);
    sync_brief(&f, task);
    SET(begun[9], 1);
    return argument;
}

static void until_it_has_run(tine_run_fn *run)
{
    tine__enter(); /* the only worker is this thread, which does not look at the runtime */
    tine_task *job = tine__pending_new(sizeof(uint64_t), 8);
    CHECK(job && tine__submit(NULL, job, run, true));
    UNTIL(GET(begun[9]));
}

static void job_blocks_with_a_task(void)
{
    until_it_has_run(run_blocks_with_a_task);
}

static void job_waits_with_a_task(void)
{
    other = tine_executor_new(NULL);
    until_it_has_run(run_waits_with_a_task);
    tine_executor_free(other);
}

/* Everything spawned inside, and what that spawns, has ended at the end of a scope; scopes nest. */
TASK_FUNCTION(tree)
static uint64_t tree(tine_worker *worker, tine_task *top, uint64_t depth)
{
    tine_frame f = tine__frame_shared(worker, top);
    ADD(ended_count, 1);
    for (int i = 0; depth > 0 && i < 3; i++)
        spawn_heap_tree(&f, depth - 1, true);
    return 0;
}

static void scope_waits_for_descendants(void)
{
    tine_frame f = tine__enter();
    for (uint64_t i = 1; i <= (test_is_slow() ? 3 : 50); i++) {
        tine_scope outer_scope, inner_scope;
        tine__scope_begin(&outer_scope, f.worker, f.top);
        spawn_heap_tree(&f, 6, true); /* 1093 */
        tine__scope_begin(&inner_scope, f.worker, f.top);
        uint64_t before = GET(ended_count);
        spawn_heap_tree(&f, 4, true); /* 121 */
        tine__scope_end(&inner_scope);
        CHECK(GET(ended_count) >= before + 121);
        tine__scope_end(&outer_scope);
        CHECK(GET(ended_count) == i * (1093 + 121));
    }
}

/* What a task wrote is there before its sync, when is_ready says so or sync_all is through. (As the program's
 * ThreadSanitizer sees it: flavour tsan-user.) */
static uint64_t written;

TASK_FUNCTION(write_plainly)
static uint64_t write_plainly(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    written = argument;
    return argument;
}

static void read_when_ready(void)
{
    tine_frame f = tine__enter();
    for (uint64_t i = 1; i <= (test_is_slow() ? 100 : 3000) && !test_is_late(); i++) {
        tine_task *task = spawn_heap_write_plainly(&f, i, false);
        test_pause(); /* somebody else may begin it */
        while (!tine__is_ready(&f, task, "test: is_ready"))
            ;
        CHECK(written == i);
        CHECK(join_write_plainly(&f, task) == i);
    }
}

static void read_after_sync_all(void)
{
    tine_frame f = tine__enter();
    for (uint64_t i = 1; i <= (test_is_slow() ? 100 : 3000) && !test_is_late(); i++) {
        tine_task *task = spawn_heap_write_plainly(&f, i, false);
        test_pause();
        tine_sync_all();
        CHECK(written == i);
        CHECK(join_write_plainly(&f, task) == i);
    }
}

/* Tasks too large for the pools: whoever drops the entry in the queue frees the block, also when another
 * thread has run the task. (What a ThreadSanitizer says that sees the program only: flavour tsan-user.) */
static tine_task *spawn_large(tine_frame *frame)
{
    tine_task *task = tine__heap_new(frame->worker, 4000, 8);
    ((struct capture_brief *)tine__payload(task))->argument = 1000;
    tine__heap_push(frame, task, run_brief, false);
    return task;
}

static void large_tasks(void)
{
    tine_frame f = tine__enter();
    for (uint64_t i = 0; i < (test_is_slow() ? 20 : 200); i++) {
        tine_task *task[64];
        for (int k = 0; k < 64; k++)
            task[k] = spawn_large(&f);
        for (int k = 0; k < 64; k++)
            join_brief(&f, task[k]);
    }
}

int main(int argc, char **argv)
{
    static const struct test_case cases[] = {
        {"lock_and_older_heap_task", lock_and_older_heap_task, "2", NULL, 0},
        {"lock_and_a_hop_over_a_helper", lock_and_a_hop_over_a_helper, "3", NULL, 0},
        {"pipeline_1", pipeline, "1", NULL, 0},
        {"pipeline_2", pipeline, "2", NULL, 0},
        {"pipeline_synced_1", pipeline_synced, "1", NULL, 0},
        {"pipeline_synced_2", pipeline_synced, "2", NULL, 0},
        {"polling_one_worker", polling_one_worker, "1", NULL, 0},
        {"sync_keeps_errno", sync_keeps_errno, "2", NULL, 0},
        {"join_nothing", join_nothing, "2", "tine: prog.c:6: sync(x): ", 0},
        {"ready_nothing", ready_nothing, "2", "tine: prog.c:7: is_ready(x): ", 0},
        {"wait_for_nothing", wait_for_nothing, "2", "tine: prog.c:8: tine_wait_for(x): ", 0},
        {"sync_all_in_a_task", sync_all_in_a_task, "1", "tine: sync_all", 0},
        {"sync_all_in_a_called_task", sync_all_in_a_called_task, "1", "tine: sync_all", 0},
        {"sync_all_often", sync_all_often, "2", NULL, 0},
        {"foreign_thread_blocks", foreign_thread_blocks, "1", NULL, 0},
        {"sync_all_of_another_thread", sync_all_of_another_thread, "1", NULL, 0},
        {"last_two_end_at_once", last_two_end_at_once, "1", NULL, 0},
        {"scope_of_another_thread", scope_of_another_thread, "1", NULL, 0},
        {"scope_over_an_older_task_that_was_run", scope_over_an_older_task_that_was_run, "1", NULL, 0},
        {"foreign_thread_blocks_after_polls", foreign_thread_blocks_after_polls, "1", NULL, 0},
        {"foreign_thread_waits_with_a_task", foreign_thread_waits_with_a_task, "1", NULL, 0},
        {"job_blocks_with_a_task", job_blocks_with_a_task, "1", NULL, 0},
        {"job_waits_with_a_task", job_waits_with_a_task, "1", NULL, 0},
        {"scope_waits_for_descendants_1", scope_waits_for_descendants, "1", NULL, 0},
        {"scope_waits_for_descendants_4", scope_waits_for_descendants, "4", NULL, 0},
        {"read_when_ready", read_when_ready, "2", NULL, 0},
        {"read_after_sync_all", read_after_sync_all, "2", NULL, 0},
        {"large_tasks", large_tasks, "2", NULL, 0},
    };
    return cases_main(argc, argv, cases, COUNT_OF(cases));
}
