/* Which CPUs are near which, read from a /sys made up here, and what follows: the order of pinning, and
 * that thieves go to the near ones first; and where sleepers wake. Looks inside the runtime. */
#include "../../runtime/worker.h"
#include "cases.h"
#include "fakes.h"

#include <sched.h>
#include <string.h>

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

int __wrap_sched_getaffinity(pid_t pid, size_t size, cpu_set_t *set);
int __wrap_pthread_getaffinity_np(pthread_t thread, size_t size, cpu_set_t *set);

int __wrap_sched_getaffinity(pid_t pid, size_t size, cpu_set_t *set)
{
    (void)pid;
    memset(set, 0, size);
    uint32_t bits = GET(mask) ? GET(mask) : allowed;
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

/* A thread that woke on its waker's CPU is kept off that one at its next wakes, and may run anywhere as soon
 * as it runs. Here one thread is both. */
static void sleepers_keep_off_the_wakers_cpu(void)
{
    cpu_set_t one;
    int here = sched_getcpu();
    CHECK(here >= 0);
    CPU_ZERO(&one);
    CPU_SET(here, &one);
    CHECK(__real_pthread_setaffinity_np(pthread_self(), sizeof one, &one) == 0);
    if (here >= CPUS || here == 8)
        return; /* not one of those made up here */
    const uint32_t all = allowed, others = all & ~(1u << here);

    struct os_seat seat = {.state = SEAT_FIXED};
    SET(mask, all);
    os_seat_prepare(&seat);
    os_seat_avoid(&seat); /* starts: leave it alone */
    os_seat_begin(&seat, false);
    os_seat_avoid(&seat); /* runs: likewise */
    os_seat_sleep(&seat);
    os_seat_wake(&seat); /* by itself */
    os_seat_sleep(&seat);
    os_seat_avoid(&seat); /* nothing is known against the kernel */
    CHECK(GET(masks) == 0);
    os_seat_wake(&seat); /* on the waker's CPU: now there is */

    os_seat_sleep(&seat);
    os_seat_avoid(&seat);
    CHECK(GET(masks) == 1 && GET(mask) == others);
    os_seat_avoid(&seat); /* a second waker */
    CHECK(GET(masks) == 1);
    os_seat_wake(&seat);
    CHECK(GET(masks) == 2 && GET(mask) == all);

    os_seat_sleep(&seat);
    SET(mask, 0xf); /* as taskset does, before the waker and after it */
    os_seat_avoid(&seat);
    CHECK(GET(masks) == (here < 4 ? 3 : 2) && GET(mask) == (0xfu & ~(1u << here)));
    SET(mask, 0x3);
    os_seat_wake(&seat);
    CHECK(GET(masks) == (here < 4 ? 3 : 2) && GET(mask) == 0x3);
    os_seat_sleep(&seat);
    SET(mask, 1u << here); /* no other one is left */
    os_seat_avoid(&seat);
    os_seat_wake(&seat);
    CHECK(GET(masks) == (here < 4 ? 3 : 2));
    os_seat_end(&seat);
    SET(mask, all);
    os_seat_avoid(&seat); /* a late waker */
    CHECK(GET(masks) == (here < 4 ? 3 : 2));
}

int main(int argc, char **argv)
{
    static const struct test_case cases[] = {
        {"distances", distances, "1", NULL, 0},
        {"order_of_pinning", order_of_pinning, "1", NULL, 0},
        {"near_victims_first", near_victims_first, "1", NULL, 0},
        {"thread_is_pinned", thread_is_pinned, "1", NULL, 0},
        {"sleepers_keep_off_the_wakers_cpu", sleepers_keep_off_the_wakers_cpu, "1", NULL, 0},
    };
    return cases_main(argc, argv, cases, sizeof cases / sizeof *cases);
}
