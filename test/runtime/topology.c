/* Which CPUs are near which, read from a /sys made up here, and what follows: the order of pinning, and
 * that thieves go to the near ones first; and where sleepers wake. Looks inside the runtime. */
#include "../../runtime/worker.h"
#include "cases.h"
#include "fakes.h"

#include <sched.h>
#include <string.h>
#include <unistd.h>

enum { CPUS = 10 };

/* Two nodes, each with two caches of one core with two threads; CPU 9 has nothing but its node. CPU 8 is
 * not allowed. Numbers as Linux gives them: second threads of cores come after all first ones. */
static const struct fake fakes[] = {
#define CPU(n, siblings) \
    {"/sys/devices/system/cpu/cpu" #n "/topology/thread_siblings_list", siblings}, \
        {"/sys/devices/system/cpu/cpu" #n "/cache/index3/shared_cpu_list", siblings}
    CPU(0, "0,4\n"), CPU(4, "0,4\n"), CPU(1, "1,5\n"), CPU(5, "1,5\n"),
    CPU(2, "2,6\n"), CPU(6, "2,6\n"), CPU(3, "3,7\n"), CPU(7, "3,7\n"),
    {"/sys/devices/system/node/online", "0-1\n"},
    {"/sys/devices/system/node/node0/cpulist", "0,2,4,6,8-9\n"},
    {"/sys/devices/system/node/node1/cpulist", "1,3,5,7\n"},
};

int __wrap_open(const char *path, int flags, ...)
{
    if (strncmp(path, "/sys/devices", 12) != 0)
        return __real_open(path, flags, 0600);
    return fake_open(fakes, sizeof fakes / sizeof *fakes, path);
}

static const uint32_t allowed = ((1u << CPUS) - 1) & ~(1u << 8);
static uint32_t masks, mask; /* of threads: how many times set, and the last one; a bit for each CPU */
static uint32_t first;       /* the mask of the process's first thread */

int __real_sched_getaffinity(pid_t pid, size_t size, cpu_set_t *set);
int __wrap_sched_getaffinity(pid_t pid, size_t size, cpu_set_t *set);
int __wrap_pthread_getaffinity_np(pthread_t thread, size_t size, cpu_set_t *set);

int __wrap_sched_getaffinity(pid_t pid, size_t size, cpu_set_t *set)
{
    memset(set, 0, size);
    uint32_t bits = pid == getpid() ? GET(first) : GET(mask) ? GET(mask) : allowed;
    for (int cpu = 0; cpu < CPUS; cpu++)
        if (bits & 1u << cpu)
            CPU_SET_S(cpu, size, set);
    return 0;
}

int __wrap_pthread_getaffinity_np(pthread_t thread, size_t size, cpu_set_t *set)
{
    (void)thread;
    return __wrap_sched_getaffinity(0, size, set);
}

int __real_pthread_setaffinity_np(pthread_t thread, size_t size, const cpu_set_t *set);
int __wrap_pthread_setaffinity_np(pthread_t thread, size_t size, const cpu_set_t *set);

int __wrap_pthread_setaffinity_np(pthread_t thread, size_t size, const cpu_set_t *set)
{
    uint32_t bits = 0;
    (void)thread;
    for (int cpu = 0; cpu < CPUS; cpu++)
        bits |= (uint32_t)(CPU_ISSET_S(cpu, size, set) != 0) << cpu;
    SET(mask, bits);
    SET(masks, GET(masks) + 1);
    return 0;
}

static enum distance distance(int a, int b)
{
    return topology_distance(topology_place(a), topology_place(b));
}

static void distances(void)
{
    CHECK(topology_matters());
    CHECK(distance(0, 0) == SAME_CACHE);
    CHECK(distance(0, 4) == SAME_CACHE);
    CHECK(distance(0, 2) == SAME_NODE);
    CHECK(distance(6, 0) == SAME_NODE);
    CHECK(distance(0, 1) == ELSEWHERE);
    CHECK(distance(7, 2) == ELSEWHERE);
    CHECK(topology_place(8) == NULL);
    CHECK(topology_place(9)->node == 0);
}

/* First threads of the cores of node 0, of node 1, then the second ones. */
static void order_of_pinning(void)
{
    static const int expected[] = {0, 9, 2, 1, 3, 4, 6, 5, 7};
    for (unsigned n = 0; n < 2 * 9; n++)
        CHECK(topology_cpu(n) == expected[n % 9]);
}

static void run_nothing(tine_worker *worker, tine_task *top, tine_task *task)
{
    (void)worker, (void)top, (void)task;
}

static struct worker *worker_at(struct tine_executor *executor, int cpu)
{
    struct worker *worker = executor_add_worker(executor, true);
    CHECK(worker);
    worker->place = topology_place(cpu);
    return worker;
}

static void give_task(struct worker *worker)
{
    worker->stack[1].fn = run_nothing;
    worker->stack[1].thief = 0;
    worker->tail = worker->stack + 1;
    worker->public = worker->abi.top = worker->stack + 2;
}

/* Of three with a task each, the one in the same cache is robbed first, then the one of the same node. */
static void near_victims_first(void)
{
    tine_executor_config config = {.workers = 4};
    struct tine_executor *executor = tine_executor_new(&config);
    CHECK(executor);
    struct worker *far = worker_at(executor, 3), *thief = worker_at(executor, 4);
    struct worker *node = worker_at(executor, 6), *cache = worker_at(executor, 0);
    struct worker *expected[] = {cache, node, far};
    for (uint32_t seed = 1; seed < 100; seed++) {
        give_task(far);
        give_task(node);
        give_task(cache);
        thief->last_victim = NULL;
        thief->random = seed * 2654435761u;
        for (size_t i = 0; i < 3; i++) {
            struct stolen stolen;
            UNTIL(steal_any(thief, &stolen));
            CHECK(stolen.task == expected[i]->stack + 1);
        }
    }
    cache->stack[1].fn = node->stack[1].fn = far->stack[1].fn = NULL;
}

/* The first thread of an executor that pins goes to the first CPU in the order. */
static void thread_is_pinned(void)
{
    tine_executor_config config = {.workers = 4, .pin = true};
    struct tine_executor *executor = tine_executor_new(&config);
    CHECK(executor);
    CHECK(pool_reach(executor));
    UNTIL(GET(masks) != 0);
    CHECK(GET(mask) == 1u << topology_cpu(0));
    tine_executor_free(executor);
}

/* Runs on the n-th CPU that there is; its number, if it is one of those made up here, else -1. */
static int run_on(int n)
{
    static cpu_set_t all;
    cpu_set_t one;
    if (CPU_COUNT(&all) == 0)
        CHECK(__real_sched_getaffinity(0, sizeof all, &all) == 0);
    for (int cpu = 0; cpu < CPUS; cpu++) {
        if (!CPU_ISSET(cpu, &all) || cpu == 8 || n-- > 0)
            continue;
        CPU_ZERO(&one);
        CPU_SET(cpu, &one);
        CHECK(__real_pthread_setaffinity_np(pthread_self(), sizeof one, &one) == 0);
        return cpu;
    }
    return -1;
}

/* A thread that has slept and been woken on its waker's CPU `here`. */
static struct os_seat misled_seat(int here)
{
    struct os_seat seat = {.state = SEAT_FIXED};
    SET(mask, allowed);
    SET(first, allowed);
    SET(masks, 0);
    os_seat_prepare(&seat);
    os_seat_avoid(&seat); /* starts: leave it alone */
    os_seat_begin(&seat, false);
    seat.guarded = 0; /* it is no new one any more */
    SET(masks, 0);
    os_seat_avoid(&seat); /* runs: likewise */
    os_seat_sleep(&seat);
    os_seat_wake(&seat); /* by itself */
    os_seat_sleep(&seat);
    CHECK(sched_getcpu() == here);
    os_seat_avoid(&seat); /* nothing is known against the kernel */
    os_seat_lift(&seat);
    CHECK(GET(masks) == 0);
    os_seat_wake(&seat); /* on the waker's CPU: now there is */
    return seat;
}

/* A thread that woke on its waker's CPU is kept off that one at its next wakes, and may run anywhere as soon
 * as it runs. Here one thread is both: it goes to where the sleeper runs, and back to where the waker does. */
static void sleepers_keep_off_the_wakers_cpu(void)
{
    int there = run_on(1), here = run_on(0);
    if (here < 0 || there < 0)
        return;
    const uint32_t others = allowed & ~(1u << here);
    struct os_seat seat = misled_seat(here);

    CHECK(run_on(1) == there);
    os_seat_sleep(&seat);
    CHECK(GET(masks) == 1 && GET(mask) == others);
    CHECK(run_on(0) == here);
    os_seat_avoid(&seat);
    os_seat_avoid(&seat); /* a second waker */
    CHECK(GET(masks) == 1);
    os_seat_lift(&seat);
    CHECK(GET(masks) == 2 && GET(mask) == allowed);
    os_seat_lift(&seat);
    os_seat_wake(&seat);
    CHECK(GET(masks) == 2);

    CHECK(run_on(1) == there);
    os_seat_sleep(&seat); /* and without a waker, or with a slow one */
    os_seat_wake(&seat);
    os_seat_lift(&seat);
    CHECK(GET(masks) == 4 && GET(mask) == allowed);

    os_seat_end(&seat);
    os_seat_avoid(&seat); /* a late waker */
    os_seat_lift(&seat);
    CHECK(GET(masks) == 4);
}

/* Likewise a new thread, which has its creator's CPU to keep off. */
static void new_sleepers_keep_off_their_creators_cpu(void)
{
    int there = run_on(1), here = run_on(0);
    if (here < 0 || there < 0)
        return;
    struct os_seat seat = {.state = SEAT_FIXED};
    SET(mask, allowed);
    SET(first, allowed);
    os_seat_prepare(&seat);
    os_seat_spread(&seat, pthread_self(), 0);
    CHECK(GET(masks) == 1 && (GET(mask) & (GET(mask) - 1)) == 0 && GET(mask) != 1u << here);
    os_seat_begin(&seat, false);
    CHECK(GET(masks) == 2 && GET(mask) == allowed);
    CHECK(run_on(1) == there);
    for (uint32_t i = 0; i < 2 * SEAT_FIRST; i++) { /* sleeps that end by themselves do not count */
        os_seat_sleep(&seat);
        CHECK(GET(mask) == (allowed & ~(1u << here)));
        os_seat_wake(&seat);
        CHECK(GET(mask) == allowed);
    }
    for (uint32_t i = 0; i < SEAT_FIRST + 1; i++) {
        os_seat_sleep(&seat);
        CHECK(GET(mask) == (i < SEAT_FIRST ? allowed & ~(1u << here) : allowed));
        CHECK(run_on(0) == here);
        os_seat_avoid(&seat);
        os_seat_lift(&seat);
        CHECK(run_on(1) == there);
        os_seat_wake(&seat);
        CHECK(GET(mask) == allowed);
    }
}

/* It took the creator's place before the creator could send it elsewhere: goes by itself. */
static void hasty_threads_leave_their_creators_cpu(void)
{
    int there = run_on(1), here = run_on(0);
    if (here < 0 || there < 0)
        return;
    struct os_seat seat = {.state = SEAT_FIXED};
    SET(mask, allowed);
    SET(first, allowed);
    SET(masks, 0);
    os_seat_prepare(&seat);
    os_seat_begin(&seat, false);
    CHECK(GET(masks) == 2 && GET(mask) == allowed);
    CHECK(run_on(1) == there);
    os_seat_sleep(&seat); /* and keeps off it, even if the creator has come no further yet */
    CHECK(GET(mask) == (allowed & ~(1u << here)));
    os_seat_wake(&seat);
    CHECK(run_on(0) == here);
    SET(masks, 0);
    os_seat_spread(&seat, pthread_self(), 0);
    CHECK(GET(masks) == 0);
}

/* The waker is on a CPU that was not foreseen. */
static void wakers_may_move(void)
{
    int there = run_on(1), here = run_on(0);
    if (here < 0 || there < 0)
        return;
    struct os_seat seat = misled_seat(here);
    CHECK(run_on(1) == there);
    os_seat_sleep(&seat);
    CHECK(GET(mask) == (allowed & ~(1u << here)));
    os_seat_avoid(&seat);
    CHECK(GET(masks) == 2 && GET(mask) == (allowed & ~(1u << there)));
    os_seat_lift(&seat);
    os_seat_wake(&seat);
    CHECK(GET(masks) == 3 && GET(mask) == allowed);
}

/* The sleeper runs where its waker was: nothing moves it, unless that one is there again at the wake. */
static void sleepers_stay_where_the_waker_was(void)
{
    int there = run_on(1), here = run_on(0);
    if (here < 0 || there < 0)
        return;
    struct os_seat seat = misled_seat(here);
    os_seat_sleep(&seat);
    CHECK(GET(masks) == 1 && GET(mask) == 1u << here);
    CHECK(run_on(1) == there);
    os_seat_avoid(&seat);
    CHECK(GET(masks) == 1);
    os_seat_lift(&seat);
    os_seat_wake(&seat);
    CHECK(GET(masks) == 2 && GET(mask) == allowed);

    os_seat_sleep(&seat); /* the waker's CPU is the other one now */
    CHECK(GET(masks) == 3 && GET(mask) == 1u << there);
    os_seat_avoid(&seat);
    CHECK(GET(masks) == 4 && GET(mask) == (allowed & ~(1u << there)));
    os_seat_lift(&seat);
    os_seat_wake(&seat);
    CHECK(GET(masks) == 5 && GET(mask) == allowed);
}

static void sleep_on(int n, struct os_seat *seat)
{
    CHECK(run_on(n) >= 0);
    os_seat_sleep(seat);
    CHECK(run_on(0) >= 0);
}

/* What taskset does to a sleeping thread stays. */
static void masks_of_others_stay(void)
{
    int there = run_on(1), here = run_on(0);
    if (here < 0 || there < 0)
        return;
    const uint32_t others = allowed & ~(1u << here);
    for (int by_waker = 0; by_waker < 2; by_waker++) {
        struct os_seat seat = misled_seat(here);
        sleep_on(1, &seat);
        SET(mask, 0x203);
        os_seat_avoid(&seat);
        if (by_waker)
            os_seat_lift(&seat);
        os_seat_wake(&seat);
        CHECK(GET(masks) == 1 && GET(mask) == 0x203);

        /* A cpuset that has shrunk: the thread gets all of what is left. */
        SET(mask, allowed);
        sleep_on(1, &seat);
        CHECK(GET(mask) == others);
        SET(first, 0x7 | 1u << here);
        SET(mask, 0x7 & others);
        os_seat_wake(&seat);
        CHECK(GET(masks) == 3 && GET(mask) == (0x7 | 1u << here));

        /* The first thread's own mask says nothing. */
        SET(mask, allowed);
        SET(first, others);
        sleep_on(1, &seat);
        os_seat_wake(&seat);
        CHECK(GET(masks) == 5 && GET(mask) == allowed);

        SET(first, allowed);
        SET(mask, 1u << here); /* no other one is left */
        sleep_on(1, &seat);
        os_seat_wake(&seat);
        CHECK(GET(masks) == 5);

        SET(mask, allowed);
        sleep_on(1, &seat);
        SET(mask, 1u << there);
        CHECK(run_on(1) == there);
        os_seat_avoid(&seat); /* wants it off its CPU, which is not its own mask any more */
        os_seat_wake(&seat);
        CHECK(GET(masks) == 6 && GET(mask) == 1u << there);
        CHECK(run_on(0) == here);
    }
}

int main(int argc, char **argv)
{
    static const struct test_case cases[] = {
        {"distances", distances, "1", NULL, 0},
        {"order_of_pinning", order_of_pinning, "1", NULL, 0},
        {"near_victims_first", near_victims_first, "1", NULL, 0},
        {"thread_is_pinned", thread_is_pinned, "1", NULL, 0},
        {"sleepers_keep_off_the_wakers_cpu", sleepers_keep_off_the_wakers_cpu, "1", NULL, 0},
        {"new_sleepers_keep_off_their_creators_cpu", new_sleepers_keep_off_their_creators_cpu, "1",
         NULL, 0},
        {"hasty_threads_leave_their_creators_cpu", hasty_threads_leave_their_creators_cpu, "1", NULL, 0},
        {"wakers_may_move", wakers_may_move, "1", NULL, 0},
        {"sleepers_stay_where_the_waker_was", sleepers_stay_where_the_waker_was, "1", NULL, 0},
        {"masks_of_others_stay", masks_of_others_stay, "1", NULL, 0},
    };
    return cases_main(argc, argv, cases, sizeof cases / sizeof *cases);
}
