/* Threads that stop for 100 ms wherever they are, as a busy system may make them: the others are delayed,
 * and nothing else. Once in the midst of steals, at calls that the linker sends here; and, on Linux,
 * anywhere, by a process that traces this one. Every task must run once and every result be right. */
#include "byhand.h"
#include "cases.h"

#include <dirent.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifndef TINE_TEST_POSIX
#include <linux/membarrier.h>
#include <sys/ptrace.h>
#endif

enum { STALL_MS = 100 };

static uint64_t stalls_left, stalls;

static uint64_t mix(uint64_t x)
{
    x ^= x >> 30, x *= UINT64_C(0xbf58476d1ce4e5b9);
    x ^= x >> 27, x *= UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

/* Sometimes stops the caller. one_in: 0 always. */
static void maybe_stall(uint64_t one_in)
{
    static uint64_t calls;
    if (GET(stalls_left) == 0 || (one_in && mix(ADD(calls, 1)) % one_in != 0))
        return;
    uint64_t left = GET(stalls_left);
    while (left > 0 && !__atomic_compare_exchange_n(&stalls_left, &left, left - 1, false,
                                                    __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
        ;
    if (left == 0)
        return;
    ADD(stalls, 1);
    test_sleep_ms(STALL_MS);
}

/* --- a thread that stops where it matters ------------------------------------------------------- */

/* A thread that has set hold_next stops at its next look at the clock; one that has set hold_asking, at its
 * next after a question to that worker. */
static __thread bool hold_next;
static __thread const tine_worker *hold_asking;
static __thread unsigned looks_to_hold[2]; /* and at so many looks from now on, for each more that are let go */
static uint64_t holding, let_go;

static void hold_counted(void)
{
    for (int i = 0; i < 2; i++)
        if (looks_to_hold[i] > 0 && --looks_to_hold[i] == 0) {
            uint64_t held = ADD(holding, 1);
            UNTIL(GET(let_go) >= held);
        }
}

static void hold(void)
{
    hold_counted();
    bool asked = hold_asking && (uintptr_t)GET(hold_asking->split) == UINTPTR_MAX;
    if (!GET(hold_next) && !asked)
        return;
    SET(hold_next, false);
    hold_asking = NULL;
    ADD(holding, 1);
    UNTIL(GET(let_go));
}

/* The clock is read between a thief's question and its second look, while it watches a task, and by all
 * who search or wait. */
int __real_clock_gettime(clockid_t clock, struct timespec *now);
int __wrap_clock_gettime(clockid_t clock, struct timespec *now);

static __thread bool late; /* each of the thread's looks at the clock takes 2 ms */
static __thread int ahead; /* so many hours the thread finds the clock of the day ahead */

int __wrap_clock_gettime(clockid_t clock, struct timespec *now)
{
    maybe_stall(2000);
    hold();
    if (late)
        test_sleep_ms(2);
    int error = __real_clock_gettime(clock, now);
    if (clock == CLOCK_REALTIME)
        now->tv_sec += ahead * 3600;
    return error;
}

/* A lock is found taken. */
int __real_sched_yield(void);
int __wrap_sched_yield(void);

int __wrap_sched_yield(void)
{
    maybe_stall(500);
    return __real_sched_yield();
}

/* A worker gives a large task back, holding its lock. */
void __real_free(void *block);
void __wrap_free(void *block);
static __thread bool stop_in_free;

void __wrap_free(void *block)
{
    if (stop_in_free) {
        stop_in_free = false;
        SET(let_go, 1);
        test_sleep_ms(50); /* whoever was held has looked by now */
    }
    __real_free(block);
}

/* A thread that has set hold_handing stops when it hands a task over, which a ThreadSanitizer would be told. */
#if defined __has_feature
#if __has_feature(thread_sanitizer)
#define HAS_THREAD_SANITIZER
#endif
#endif
#if !defined __SANITIZE_THREAD__ && !defined HAS_THREAD_SANITIZER
void __tsan_release(void *address);
static __thread bool hold_handing;

void __tsan_release(void *address)
{
    (void)address;
    if (!hold_handing)
        return;
    hold_handing = false;
    ADD(holding, 1);
    UNTIL(GET(let_go));
}
#endif

#ifndef TINE_TEST_POSIX
/* A thief forces an owner: the boundary is moved, the lock is held, and the barrier is due. */
long __real_syscall(long number, ...);
long __wrap_syscall(long number, ...);

long __wrap_syscall(long number, ...)
{
    va_list list;
    va_start(list, number);
    long a[6] = {0};
    int count = number == SYS_futex ? 6 : number == SYS_membarrier ? 3 : 0;
    for (int i = 0; i < count; i++)
        a[i] = va_arg(list, long);
    va_end(list);
    bool barrier = number == SYS_membarrier && a[0] == MEMBARRIER_CMD_PRIVATE_EXPEDITED;
    if (barrier)
        maybe_stall(3);
    long result = __real_syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
    if (barrier)
        maybe_stall(3);
    return result;
}
#endif

/* --- the work ---------------------------------------------------------------------------------- */

static uint64_t runs;

TASK_FUNCTION(tree)
TASK_FUNCTION(leaf)

static uint64_t leaf(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    ADD(runs, 1);
    for (volatile unsigned i = 0; i < 2000; i++)
        ;
    return argument;
}

/* Each node: one of each kind of task. Runs 1 + 2 tasks and those of its three children. */
static uint64_t tree(tine_worker *worker, tine_task *top, uint64_t depth)
{
    ADD(runs, 1);
    if (depth == 0)
        return leaf(worker, top, 1);
    tine_frame f = tine__frame_shared(worker, top);
    tine_scope scope;
    tine__scope_begin(&scope, f.worker, f.top);
    spawn_heap_leaf(&f, 0, true);
    tine_task *first = spawn_tree(&f, depth - 1), *second = spawn_tree(&f, depth - 1);
    tine_task *third = spawn_heap_tree(&f, depth - 1, false);
    uint64_t sum = sync_tree(&f, first);
    sum += join_tree(&f, third);
    sum += sync_tree(&f, second);
    spawn_heap_leaf(&f, 0, true);
    tine__scope_end(&scope);
    return sum;
}

static void grow_trees(unsigned count)
{
    enum { DEPTH = 6, LEAVES = 729, NODES = 364 };
    tine_frame f = tine__enter();
    for (unsigned i = 1; i <= count; i++) {
        CHECK(tree(f.worker, f.top, DEPTH) == LEAVES);
        CHECK(GET(runs) == i * (2 * LEAVES + 3 * NODES));
    }
}

static void in_the_midst_of_steals(void)
{
    SET(stalls_left, test_is_slow() ? 10 : 30);
    for (unsigned i = 0; i < 2000 && GET(stalls_left) > 0; i++) {
        SET(runs, 0);
        grow_trees(5);
    }
    CHECK(GET(stalls) > 0);
}

/* --- who waits runs no stranger ----------------------------------------------------------------- */

static pthread_t waiting; /* until it has waited it runs nothing but what the awaited has spawned */
static uint64_t waited;
static uint64_t begun[8], go[4];

/* Waits for a flag, but not for ever: it comes only where the runtime errs. */
static void a_while(const uint64_t *flag)
{
    for (int i = 0; i < 200 && !GET(*flag); i++)
        test_sleep_ms(1);
}

TASK_FUNCTION(stranger)
static uint64_t stranger(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    SET(begun[0], 1);
    CHECK(GET(waited) || !pthread_equal(waiting, pthread_self()));
    return argument;
}

TASK_FUNCTION(occupies)
static uint64_t occupies(tine_worker *worker, tine_task *top, uint64_t number)
{
    (void)worker, (void)top;
    ADD(begun[1], 1);
    UNTIL(GET(go[number]));
    return number;
}

/* Three hops: main waits for hop_1, which waits for hop_2, and has not seen that it has ended. The thread
 * that ran hop_2 runs `other` now, which waits for hop_3, which has spawned the stranger. */
TASK_FUNCTION(hop_1)
TASK_FUNCTION(hop_2)
TASK_FUNCTION(hop_3)
TASK_FUNCTION(other)

static uint64_t hop_2(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    SET(begun[3], 1);
    UNTIL(GET(holding) == 1);
    SET(begun[4], 1);
    return argument;
}

static uint64_t hop_1(tine_worker *worker, tine_task *top, uint64_t argument)
{
    tine_frame f = tine__frame_shared(worker, top);
    SET(begun[2], 1);
    tine_task *task = spawn_hop_2(&f, argument);
    UNTIL(GET(begun[3]));
    SET(hold_next, true);
    return sync_hop_2(&f, task);
}

static uint64_t hop_3(tine_worker *worker, tine_task *top, uint64_t argument)
{
    tine_frame f = tine__frame_shared(worker, top);
    SET(begun[6], 1);
    UNTIL(GET(holding) == 2);
    tine_task *task = spawn_stranger(&f, argument);
    SET(begun[7], 1);
    a_while(&begun[0]);
    SET(let_go, 1);
    return sync_stranger(&f, task);
}

static uint64_t other(tine_worker *worker, tine_task *top, uint64_t argument)
{
    tine_frame f = tine__frame_shared(worker, top);
    SET(begun[5], 1);
    tine_task *task = spawn_hop_3(&f, argument);
    UNTIL(GET(begun[6]));
    SET(hold_next, true);
    return sync_hop_3(&f, task);
}

static void hop_over_a_task_that_has_ended(void)
{
    waiting = pthread_self();
    tine_frame f = tine__enter();
    tine_task *busy = spawn_occupies(&f, 0);
    UNTIL(GET(begun[1]) == 1);
    tine_task *task = spawn_hop_1(&f, 5);
    UNTIL(GET(begun[4])); /* it ends in a moment, and its thread is free */
    tine_task *next = spawn_heap_other(&f, 6, false);
    UNTIL(GET(begun[5]));
    SET(go[0], 1); /* its thread takes hop_3 */
    UNTIL(GET(begun[7]));
    CHECK(sync_hop_1(&f, task) == 5);
    SET(waited, 1);
    CHECK(join_other(&f, next) == 6);
    CHECK(sync_occupies(&f, busy) == 0);
}

/* main waits for `first` and asks its thread for what it has spawned. Until main looks again, first has ended
 * there, and `second` has spawned as much, of which a third thread has made all public. */
TASK_FUNCTION(child)
TASK_FUNCTION(first)
TASK_FUNCTION(second)
TASK_FUNCTION(third)
static const tine_worker *asked;

static uint64_t child(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    return argument;
}

static uint64_t first(tine_worker *worker, tine_task *top, uint64_t argument)
{
    tine_frame f = tine__frame_shared(worker, top);
    tine_task *task = spawn_child(&f, argument);
    SET(asked, worker);
    UNTIL(GET(holding) == 1);
    argument = sync_child(&f, task);
    SET(begun[2], 1);
    return argument;
}

static uint64_t second(tine_worker *worker, tine_task *top, uint64_t argument)
{
    tine_frame f = tine__frame_shared(worker, top);
    tine_task *task = spawn_occupies(&f, 1);
    tine_task *next = spawn_stranger(&f, argument);
    SET(begun[3], 1);
    UNTIL(GET(begun[1]) == 1); /* on the third thread */
    SET(let_go, 1);
    a_while(&begun[0]);
    SET(go[1], 1);
    sync_stranger(&f, next);
    return sync_occupies(&f, task);
}

static uint64_t third(tine_worker *worker, tine_task *top, uint64_t argument)
{
    tine_frame f = tine__frame_shared(worker, top);
    SET(begun[4], 1);
    UNTIL(GET(begun[2])); /* first ends in a moment, and its thread is free */
    tine_task *task = spawn_heap_second(&f, argument, false);
    UNTIL(GET(begun[3]));
    return (uint64_t)(uintptr_t)task;
}

static void asked_and_ended_meanwhile(void)
{
    waiting = pthread_self();
    tine_frame f = tine__enter();
    tine_task *busy = spawn_heap_third(&f, 6, false);
    UNTIL(GET(begun[4]));
    tine_task *task = spawn_first(&f, 5);
    UNTIL(GET(asked));
    if ((uintptr_t)GET(asked->split) == UINTPTR_MAX)
        test_skip("without membarrier nobody asks");
    hold_asking = GET(asked);
    CHECK(sync_first(&f, task) == 5);
    SET(waited, 1);
    join_second(&f, (tine_task *)(uintptr_t)join_third(&f, busy));
}

/* --- a wake-up is not lost ---------------------------------------------------------------------- */

/* main sleeps until `awaited` ends, is woken, and held. The thread that ran awaited runs `spawns` now, whose
 * spawn wakes main in vain, for main does not wait any more: the task goes to another thread. */
TASK_FUNCTION(lone)
TASK_FUNCTION(awaited)
TASK_FUNCTION(spawns)
TASK_FUNCTION(blocks)
static uint64_t main_waits;

static uint64_t lone(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    SET(begun[0], 1);
    return argument;
}

static bool *main_hold_next;

static uint64_t awaited(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    SET(begun[2], 1);
    UNTIL(GET(main_waits));
    test_sleep_ms(50); /* main sleeps by now */
    SET(*main_hold_next, true);
    SET(begun[3], 1);
    return argument;
}

static uint64_t spawns(tine_worker *worker, tine_task *top, uint64_t argument)
{
    tine_frame f = tine__frame_shared(worker, top);
    SET(begun[4], 1);
    UNTIL(GET(begun[5]) == 2 && GET(holding) == 1);
    test_sleep_ms(10); /* both others block by now */
    tine_task *task = spawn_lone(&f, argument);
    SET(let_go, 1);
    UNTIL(GET(begun[0]));
    return sync_lone(&f, task);
}

/* Blocks once so that another thread starts, and again when `spawns` has begun. Leaves it in line. */
static uint64_t blocks(tine_worker *worker, tine_task *top, uint64_t number)
{
    tine_frame f = tine__frame_shared(worker, top);
    tine_task *task = NULL;
    ADD(begun[1], 1);
    if (number == 1) {
        UNTIL(GET(go[0]));
        tine_blocking_begin();
        UNTIL(GET(begun[2]));
        tine_blocking_end();
        task = spawn_heap_spawns(&f, number, false);
        SET(begun[6], 1);
    }
    UNTIL(GET(begun[4]));
    tine_blocking_begin();
    ADD(begun[5], 1);
    UNTIL(GET(begun[0]));
    tine_blocking_end();
    return (uint64_t)(uintptr_t)task;
}

static void woken_when_the_wait_is_over(void)
{
    main_hold_next = &hold_next;
    tine_frame f = tine__enter();
    tine_task *busy = spawn_blocks(&f, 0);
    UNTIL(GET(begun[1]) == 1);
    tine_task *blocked = spawn_blocks(&f, 1);
    UNTIL(GET(begun[1]) == 2);
    tine_task *task = spawn_awaited(&f, 5);
    SET(go[0], 1); /* awaited runs on a thread more than there are workers */
    UNTIL(GET(begun[6]));
    SET(main_waits, 1);
    CHECK(sync_awaited(&f, task) == 5);
    UNTIL(GET(begun[0])); /* without a look at the runtime */
    join_spawns(&f, (tine_task *)(uintptr_t)sync_blocks(&f, blocked));
    sync_blocks(&f, busy);
}

/* main goes to sleep until `spawns_two` ends, and at its last look takes the first task of that. Before it is
 * off the list again the second is spawned, and it is chosen for that: one of the threads that sleep has to come. */
TASK_FUNCTION(spawns_two)
TASK_FUNCTION(until_lone)

static uint64_t until_lone(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    ADD(begun[1], 1);
    UNTIL(GET(begun[0]) || GET(go[0]) >= argument);
    return argument;
}

static uint64_t spawns_two(tine_worker *worker, tine_task *top, uint64_t argument)
{
    tine_frame f = tine__frame_shared(worker, top);
    SET(begun[2], 1);
    UNTIL(GET(holding) == 1);
    tine_task *first = spawn_heap_until_lone(&f, 2, false);
    test_sleep_ms(1); /* longer than a wait is awake */
    SET(let_go, 1);
    UNTIL(GET(holding) == 2 || GET(begun[1]) == 3);
    if (GET(begun[1]) == 3) { /* the thread that starts in main's place was faster */
        SET(let_go, 2);
        SET(go[0], 2);
        return join_until_lone(&f, first) + 3;
    }
    SET(go[0], 1); /* and its thread is free */
    test_sleep_ms(50); /* it sleeps by now */
    tine_task *second = spawn_heap_lone(&f, argument, false);
    SET(let_go, 2);
    UNTIL(GET(begun[0]));
    join_until_lone(&f, first);
    return join_lone(&f, second);
}

static void woken_with_a_task_found(void)
{
    tine_frame f = tine__enter();
    tine_task *busy = spawn_until_lone(&f, 2), *free = spawn_until_lone(&f, 1);
    UNTIL(GET(begun[1]) == 2);
    tine_task *task = spawn_spawns_two(&f, 5);
    UNTIL(GET(begun[2]));
    looks_to_hold[0] = 2; /* the second look of the wait: it has waited long enough then */
    looks_to_hold[1] = 4; /* the next but one: a task is taken */
    CHECK(sync_spawns_two(&f, task) == 5);
    sync_until_lone(&f, free);
    sync_until_lone(&f, busy);
}

/* A foreign thread sleeps at the end of its scope and is woken for a task in main's line, at which nobody else
 * looks. It finds main's lock taken for so long that it goes to sleep again. */
TASK_FUNCTION(leave_one)
static bool *sleeper_hold_next;
static tine_task *shared;

static uint64_t leave_one(tine_worker *worker, tine_task *top, uint64_t argument)
{
    enum { LARGE = 4096 }; /* bytes: of malloc, not of a worker's lists */
    tine_frame f = tine__frame_shared(worker, top);
    SET(begun[2], 1);
    test_sleep_ms(50); /* the scope's thread sleeps by then */
    SET(*sleeper_hold_next, true);
    spawn_heap_lone(&f, 0, true);
    UNTIL(GET(holding));
    tine_task *large = tine__heap_new(f.worker, LARGE, 8);
    ((struct capture_leaf *)tine__payload(large))->argument = argument;
    tine__heap_push(&f, large, run_leaf, false);
    tine__join(&f, large, "test: sync");
    stop_in_free = true;
    tine__free(&f, large);
    CHECK(!stop_in_free);
    return argument;
}

static void *scope_beside(void *argument)
{
    tine_frame f = tine__enter();
    tine_scope scope;
    sleeper_hold_next = &hold_next;
    tine__scope_begin(&scope, f.worker, f.top);
    SET(shared, spawn_heap_leave_one(&f, 3, false));
    UNTIL(GET(begun[2]));
    tine__scope_end(&scope);
    CHECK(GET(begun[0]) == 1);
    return argument;
}

static void woken_while_the_lock_is_taken(void)
{
    pthread_t thread;
    tine_frame f = tine__enter();
    CHECK(pthread_create(&thread, NULL, scope_beside, NULL) == 0);
    UNTIL(GET(shared));
    CHECK(join_leave_one(&f, shared) == 3);
    pthread_join(thread, NULL);
}

/* A steal takes so long that what it found, a task that ends soon, is not worth it, and the thief's search is over.
 * The task has left another one in the thief's line; the thief is one too many, and the only worker waits where
 * nobody sees it. */
TASK_FUNCTION(makes_late)
TASK_FUNCTION(leaves)

static uint64_t makes_late(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    late = true;
    SET(begun[2], 1);
    UNTIL(GET(go[1]));
    return argument;
}

static uint64_t leaves(tine_worker *worker, tine_task *top, uint64_t argument)
{
    tine_frame f = tine__frame_shared(worker, top);
    tine_task *task = spawn_heap_lone(&f, argument, false);
    SET(begun[1], 1);
    UNTIL(GET(go[0]));
    return (uint64_t)(uintptr_t)task;
}

static void left_behind_by_a_small_task(void)
{
    tine_frame f = tine__enter();
    tine_task *first = spawn_makes_late(&f, 0), *second = spawn_leaves(&f, 5);
    tine_blocking_begin();
    UNTIL(GET(begun[2]));
    SET(go[1], 1);
    UNTIL(GET(begun[1]));
    tine_blocking_end();
    SET(go[0], 1);
    UNTIL(GET(begun[0]));
    CHECK(join_lone(&f, (tine_task *)(uintptr_t)sync_leaves(&f, second)) == 5);
    sync_makes_late(&f, first);
}

#if !defined __SANITIZE_THREAD__ && !defined HAS_THREAD_SANITIZER
/* A thread submits a job while the process ends, and a handler of exit that runs after the runtime's waits for it. */
static pthread_t submitter;

static void *submit_late(void *argument)
{
    tine_task *job = tine__pending_new(sizeof(struct capture_leaf), 8);
    CHECK(job);
    hold_handing = true;
    if (tine__submit(NULL, job, run_leaf, false))
        tine__pending_wait(job, "test: tine_wait_for");
    tine__pending_free(job);
    return argument;
}

static void join_submitter(void)
{
    SET(let_go, 1);
    pthread_join(submitter, NULL);
}

static void submitted_while_the_process_ends(void)
{
    CHECK(atexit(join_submitter) == 0);
    tine_task *job = tine__pending_new(sizeof(struct capture_leaf), 8);
    CHECK(job && tine__submit(NULL, job, run_leaf, false));
    tine__pending_wait(job, "test: tine_wait_for");
    tine__pending_free(job);
    CHECK(pthread_create(&submitter, NULL, submit_late, NULL) == 0);
    UNTIL(GET(holding) == 1);
}
#endif

#ifndef TINE_TEST_POSIX
/* --- stopped from outside ---------------------------------------------------------------------- */

enum { MOST_THREADS = 64 };

struct stopped {
    pid_t thread;
    bool attached, stopped;
    unsigned until; /* in rounds of a millisecond */
};

static struct stopped *known(struct stopped *all, pid_t thread)
{
    for (unsigned i = 0; i < MOST_THREADS; i++)
        if (all[i].thread == thread || all[i].thread == 0)
            return &all[i];
    return NULL;
}

/* Stops a random thread of the process. */
static bool stop_one(pid_t process, struct stopped *all, unsigned round)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task", (int)process);
    DIR *threads = opendir(path);
    if (!threads)
        return false;
    pid_t chosen = 0;
    unsigned seen = 0;
    for (struct dirent *entry; (entry = readdir(threads));)
        if (entry->d_name[0] != '.') {
            seen++;
            if (mix(round * 1000 + seen) % seen == 0)
                chosen = (pid_t)atoi(entry->d_name);
        }
    closedir(threads);
    struct stopped *one = chosen ? known(all, chosen) : NULL;
    if (!one || one->stopped)
        return false;
    one->thread = chosen;
    if (!one->attached && ptrace(PTRACE_SEIZE, chosen, NULL, NULL) != 0)
        return false;
    one->attached = true;
    int status;
    if (ptrace(PTRACE_INTERRUPT, chosen, NULL, NULL) != 0 ||
        waitpid(chosen, &status, __WALL) != chosen || !WIFSTOPPED(status))
        return false;
    one->stopped = true;
    one->until = round + STALL_MS;
    return true;
}

static void go_on(struct stopped *all, unsigned round)
{
    for (unsigned i = 0; i < MOST_THREADS; i++)
        if (all[i].stopped && all[i].until <= round) {
            all[i].stopped = false;
            ptrace(PTRACE_CONT, all[i].thread, NULL, NULL);
        }
}

/* The work, over and over, until the one who traces it ends it. */
static _Noreturn void work_for(uint64_t *rounds)
{
    pid_t parent = getppid();
    while (getppid() == parent) {
        SET(runs, 0);
        grow_trees(20);
        ADD(*rounds, 1);
    }
    _exit(1);
}

/* Does the work in a process whose threads this one stops, now several at a time, now all. */
static void anywhere(void)
{
    if (test_is_slow())
        test_skip("sanitizers and emulators trace by themselves");
    uint64_t *rounds = mmap(NULL, sizeof *rounds, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                            -1, 0);
    CHECK(rounds != MAP_FAILED);
    pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0)
        work_for(rounds);
    static struct stopped all[MOST_THREADS];
    unsigned stops = 0;
    for (unsigned round = 0; round < 1500; round++) {
        test_sleep_ms(1);
        go_on(all, round);
        stops += round % 8 == 0 && stop_one(child, all, round);
    }
    go_on(all, ~0u);
    int status;
    for (uint64_t before = GET(*rounds); GET(*rounds) < before + 3; test_pause())
        CHECK(waitpid(child, &status, WNOHANG) == 0); /* a failed check ends it */
    kill(child, SIGKILL);
    if (stops == 0)
        test_skip("this process may not trace its child");
    CHECK(stops > 20);
}
#endif

/* Somebody sets the clock of the day: a sleep of some length is as long as it was. */
void tine__os_wait_for(uint32_t *word, uint32_t expected, uint64_t ns);

static void clock_set(void)
{
    static uint32_t word;
    for (ahead = -1; ahead <= 1; ahead++) {
        struct timespec begin, end;
        __real_clock_gettime(CLOCK_MONOTONIC, &begin);
        tine__os_wait_for(&word, 0, 5000000); /* an hour: the case's time is over */
        __real_clock_gettime(CLOCK_MONOTONIC, &end);
        CHECK((end.tv_sec - begin.tv_sec) * 1000000000 + end.tv_nsec - begin.tv_nsec >= 5000000);
    }
}

int main(int argc, char **argv)
{
    static const struct test_case cases[] = {
        {"in_the_midst_of_steals_2", in_the_midst_of_steals, "2", NULL, 0},
        {"in_the_midst_of_steals_5", in_the_midst_of_steals, "5", NULL, 0},
        {"hop_over_a_task_that_has_ended", hop_over_a_task_that_has_ended, "4", NULL, 0},
        {"asked_and_ended_meanwhile", asked_and_ended_meanwhile, "3", NULL, 0},
        {"woken_when_the_wait_is_over", woken_when_the_wait_is_over, "3", NULL, 0},
        {"woken_with_a_task_found", woken_with_a_task_found, "4", NULL, 0},
        {"woken_while_the_lock_is_taken", woken_while_the_lock_is_taken, "1", NULL, 0},
        {"left_behind_by_a_small_task", left_behind_by_a_small_task, "1", NULL, 0},
        {"clock_set", clock_set, "1", NULL, 0},
#if !defined __SANITIZE_THREAD__ && !defined HAS_THREAD_SANITIZER
        {"submitted_while_the_process_ends", submitted_while_the_process_ends, "1", NULL, 0},
#endif
#ifndef TINE_TEST_POSIX
        {"anywhere", anywhere, "4", NULL, 0},
#endif
    };
    return cases_main(argc, argv, cases, COUNT_OF(cases));
}
