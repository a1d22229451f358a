/* How many workers there are and what they are called: TINE_WORKERS, affinity, cgroup quota, config. */
#include "byhand.h"
#include "cases.h"
#ifndef TINE_TEST_POSIX
#include "fakes.h"
#endif

#include <dirent.h>
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static uint64_t begun, released;

TASK_FUNCTION(held)
static uint64_t held(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    ADD(begun, 1);
    UNTIL(GET(released) >= argument);
    return argument;
}

static void start(void)
{
    tine_executor_workers(NULL);
}

static void three(void)
{
    CHECK(tine_executor_workers(NULL) == 3);
}

static void most(void)
{
    CHECK(tine_executor_workers(NULL) == 4096);
}

/* What N says that many threads run, and no more: N tasks begin while the starter waits for them, and
 * the one after only when another has ended. */
static void as_many_as_asked_for(void)
{
    enum { WORKERS = 5 };
    CHECK(tine_executor_workers(NULL) == WORKERS);
    tine_frame f = tine__enter();
    tine_task *task[2 * WORKERS];
    for (int i = 0; i < 2 * WORKERS; i++)
        task[i] = spawn_held(&f, 1);
    UNTIL(GET(begun) == WORKERS - 1);
    test_sleep_ms(50);
    CHECK(GET(begun) == WORKERS - 1);
    CHECK(test_is_slow() || test_threads() == WORKERS);
    SET(released, 1);
    for (int i = 0; i < 2 * WORKERS; i++)
        CHECK(sync_held(&f, task[i]) == 1);
}

/* Fewer at run time: what runs goes on, what is spawned then finds fewer threads. */
static void fewer(void)
{
    tine_frame f = tine__enter();
    tine_task *task[4];
    for (int i = 0; i < 4; i++)
        task[i] = spawn_held(&f, 1);
    UNTIL(GET(begun) == 3);
    CHECK(tine_executor_set_workers(NULL, 2) == 0);
    CHECK(tine_executor_workers(NULL) == 2);
    SET(released, 1);
    for (int i = 4; i-- > 0;)
        CHECK(sync_held(&f, task[i]) == 1);
    bool more = true;
    for (uint64_t round = 2; more; round++) {
        SET(begun, 0);
        for (int i = 0; i < 4; i++)
            task[i] = spawn_held(&f, round);
        UNTIL(GET(begun) >= 1);
        test_sleep_ms(50);
        more = GET(begun) > 1; /* threads may have been in the midst of a look while this one slept in a sync */
        SET(released, round);
        for (int i = 0; i < 4; i++)
            CHECK(sync_held(&f, task[i]) == round);
    }
}

/* The statistics add up. */
static void statistics(void)
{
    tine_frame f = tine__enter();
    tine_task *task[10];
    for (int i = 0; i < 10; i++)
        task[i] = spawn_heap_held(&f, 0, false);
    UNTIL(GET(begun) == 10);
    for (int i = 0; i < 10; i++)
        join_held(&f, task[i]);
    tine_worker_stats stats[16];
    size_t count = tine_stats(NULL, stats, COUNT_OF(stats));
    CHECK(count >= 2 && count <= 16);
    CHECK(tine_stats(NULL, stats, 0) == count);
    uint64_t run = 0, stolen = 0, heap = 0;
    unsigned pooled = 0;
    for (size_t i = 0; i < count; i++) {
        run += stats[i].tasks_run;
        stolen += stats[i].tasks_stolen;
        heap += stats[i].heap_tasks;
        pooled += stats[i].pooled;
    }
    CHECK(run == 10 && stolen == 10 && heap == 10 && pooled == count - 1);
}

/* A reserve thread that stands in for a blocked worker is counted as such. */
static uint64_t all_stood_in(void)
{
    tine_worker_stats stats[16];
    size_t count = tine_stats(NULL, stats, COUNT_OF(stats));
    uint64_t sum = 0;
    for (size_t i = 0; i < count && i < COUNT_OF(stats); i++)
        sum += stats[i].stood_in;
    return sum;
}

static void reserve_is_counted(void)
{
    tine_frame f = tine__enter();
    tine_task *task[2];
    task[0] = spawn_held(&f, 1);
    UNTIL(GET(begun) == 1);
    CHECK(all_stood_in() == 0);
    task[1] = spawn_held(&f, 0);
    tine_blocking_begin(); /* this worker's place is free */
    UNTIL(GET(begun) == 2);
    tine_blocking_end();
    CHECK(all_stood_in() == 1);
    SET(released, 1);
    CHECK(sync_held(&f, task[1]) == 0);
    CHECK(sync_held(&f, task[0]) == 1);
}

#ifndef TINE_TEST_POSIX
/* --- Linux: affinity, cgroups, names ----------------------------------------------------------- */

static void one_cpu(void)
{
    cpu_set_t all, one;
    CHECK(sched_getaffinity(0, sizeof all, &all) == 0);
    CPU_ZERO(&one);
    for (int cpu = 0; cpu < CPU_SETSIZE && CPU_COUNT(&one) == 0; cpu++)
        if (CPU_ISSET(cpu, &all))
            CPU_SET(cpu, &one);
    CHECK(sched_setaffinity(0, sizeof one, &one) == 0);
    CHECK(tine_executor_workers(NULL) == 1);
}

static void as_affinity_says(void)
{
    cpu_set_t all;
    CHECK(sched_getaffinity(0, sizeof all, &all) == 0);
    CHECK(tine_executor_workers(NULL) >= 1);
    CHECK(tine_executor_workers(NULL) <= (unsigned)CPU_COUNT(&all));
}

/* A thread that slept may soon run on every CPU again, whatever it was kept off for its wake. */
static cpu_set_t whole;

static bool may_run_anywhere(void)
{
    cpu_set_t mine;
    CHECK(sched_getaffinity(0, sizeof mine, &mine) == 0);
    return CPU_EQUAL(&mine, &whole);
}

TASK_FUNCTION(be_free)
static uint64_t be_free(tine_worker *worker, tine_task *top, uint64_t argument)
{
    (void)worker, (void)top;
    UNTIL(may_run_anywhere());
    ADD(begun, 1);
    return argument;
}

static void woken_threads_are_free(void)
{
    CHECK(sched_getaffinity(0, sizeof whole, &whole) == 0);
    for (uint64_t round = 1; round <= 20; round++) {
        test_sleep_ms(5);
        tine_frame f = tine__enter();
        tine_task *task = spawn_be_free(&f, round);
        UNTIL(GET(begun) == round);
        CHECK(sync_be_free(&f, task) == round);
    }
    CHECK(may_run_anywhere());
}

/* The names of the pool's threads, as top shows them. */
static void thread_names(void)
{
    tine_frame f = tine__enter();
    tine_task *task[3];
    for (int i = 0; i < 3; i++)
        task[i] = spawn_held(&f, 1);
    UNTIL(GET(begun) == 3);
    DIR *tasks = opendir("/proc/self/task");
    CHECK(tasks);
    unsigned named = 0;
    for (struct dirent *entry; (entry = readdir(tasks));) {
        char path[300], name[32] = "";
        snprintf(path, sizeof path, "/proc/self/task/%s/comm", entry->d_name);
        FILE *file = fopen(path, "r");
        if (!file)
            continue;
        if (fgets(name, sizeof name, file))
            named += strncmp(name, "tine/", 5) == 0;
        fclose(file);
    }
    closedir(tasks);
    CHECK(named == 3);
    SET(released, 1);
    for (int i = 0; i < 3; i++)
        CHECK(sync_held(&f, task[i]) == 1);
}

static struct fake fakes[8]; /* none: the kernel's own */

int __wrap_open(const char *path, int flags, ...)
{
    if (!fakes[0].path || (strncmp(path, "/sys/fs/cgroup", 14) != 0 &&
                           strcmp(path, "/proc/self/cgroup") != 0))
        return __real_open(path, flags, 0600);
    return fake_open(fakes, COUNT_OF(fakes), path);
}

/* With so many CPUs in the affinity mask that the quota decides. */
int __real_sched_getaffinity(pid_t pid, size_t size, cpu_set_t *set);
int __wrap_sched_getaffinity(pid_t pid, size_t size, cpu_set_t *set);

int __wrap_sched_getaffinity(pid_t pid, size_t size, cpu_set_t *set)
{
    if (!fakes[0].path)
        return __real_sched_getaffinity(pid, size, set);
    memset(set, 0, size);
    for (int cpu = 0; cpu < 48; cpu++)
        CPU_SET_S(cpu, size, set);
    return 0;
}

#define V2_GROUP {"/proc/self/cgroup", "0::/outer/inner\n"}
#define V1_GROUP {"/proc/self/cgroup", "9:memory:/a\n4:cpu,cpuacct:/box\n1:name=systemd:/x\n"}

static void expect_workers(const struct fake *files, size_t count, unsigned workers)
{
    memset(fakes, 0, sizeof fakes);
    memcpy(fakes, files, count * sizeof *files);
    CHECK(tine_executor_workers(NULL) == workers);
    fakes[0].path = NULL;
}

#define EXPECT(workers, ...) \
    do { \
        static const struct fake files[] = {__VA_ARGS__}; \
        expect_workers(files, COUNT_OF(files), workers); \
    } while (0)

static void quota_v2(void)
{
    EXPECT(3, V2_GROUP, {"/sys/fs/cgroup/outer/inner/cpu.max", "300000 100000\n"});
}

static void quota_v2_rounds_up(void)
{
    EXPECT(3, V2_GROUP, {"/sys/fs/cgroup/outer/inner/cpu.max", "210000 100000\n"});
}

static void quota_v2_below_one(void)
{
    EXPECT(1, V2_GROUP, {"/sys/fs/cgroup/outer/inner/cpu.max", "10000 100000\n"});
}

static void quota_v2_outer_is_tighter(void)
{
    EXPECT(2, V2_GROUP, {"/sys/fs/cgroup/outer/inner/cpu.max", "300000 100000\n"},
           {"/sys/fs/cgroup/outer/cpu.max", "200000 100000\n"});
}

static void quota_v2_none(void)
{
    EXPECT(48, V2_GROUP, {"/sys/fs/cgroup/outer/inner/cpu.max", "max 100000\n"});
}

/* A container without a cgroup namespace sees the host's name of its group, and its own files. */
static void quota_v2_in_a_container(void)
{
    EXPECT(4, V2_GROUP, {"/sys/fs/cgroup/cpu.max", "400000 100000\n"});
}

static void quota_v2_broken(void)
{
    EXPECT(48, V2_GROUP, {"/sys/fs/cgroup/outer/inner/cpu.max", "what?\n"},
           {"/sys/fs/cgroup/outer/cpu.max", "-1 0\n"});
}

static void quota_v1(void)
{
    EXPECT(6, V1_GROUP, {"/sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_quota_us", "550000\n"},
           {"/sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_period_us", "100000\n"});
}

static void quota_v1_other_mount(void)
{
    EXPECT(2, V1_GROUP, {"/sys/fs/cgroup/cpu/cpu.cfs_quota_us", "200000\n"},
           {"/sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n"});
}

static void quota_v1_none(void)
{
    EXPECT(48, V1_GROUP, {"/sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_quota_us", "-1\n"},
           {"/sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_period_us", "100000\n"});
}
#endif

/* TINE_STATS=1 prints a table at exit: the case ends as a message would, to have it looked at. */
static void look_at_the_table(void)
{
    abort();
}

static void stats_table(void)
{
    CHECK(atexit(look_at_the_table) == 0); /* runs after the runtime's handler */
    CHECK(setenv("TINE_STATS", "1", 1) == 0);
    tine_frame f = tine__enter();
    tine_task *task = spawn_heap_held(&f, 0, false);
    join_held(&f, task);
}

int main(int argc, char **argv)
{
    static const struct test_case cases[] = {
        {"workers_3", three, "3", NULL, 0},
        {"workers_space", three, " 3", NULL, 0},
        {"workers_most", most, "4096", NULL, 0},
        {"workers_0", start, "0", "TINE_WORKERS is '0'; it must be a number from 1 to 4096", 0},
        {"workers_negative", start, "-1", "TINE_WORKERS is '-1'", 0},
        {"workers_word", start, "many", "TINE_WORKERS is 'many'", 0},
        {"workers_rest", start, "2x", "TINE_WORKERS is '2x'", 0},
        {"workers_too_many", start, "4097", "TINE_WORKERS is '4097'", 0},
        {"workers_huge", start, "99999999999999999999", "TINE_WORKERS is '9999", 0},
        {"workers_empty", start, "", NULL, 0},
        {"as_many_as_asked_for", as_many_as_asked_for, "5", NULL, 0},
        {"fewer", fewer, "4", NULL, 0},
        {"statistics", statistics, "2", NULL, 0},
        {"reserve_is_counted", reserve_is_counted, "2", NULL, 0},
        {"stats_table", stats_table, "2", "worker", 0},
#ifndef TINE_TEST_POSIX
        {"one_cpu", one_cpu, NULL, NULL, 0},
        {"as_affinity_says", as_affinity_says, NULL, NULL, 0},
        {"thread_names", thread_names, "4", NULL, 0},
        {"woken_threads_are_free", woken_threads_are_free, "2", NULL, 0},
        {"quota_v2", quota_v2, NULL, NULL, 0},
        {"quota_v2_rounds_up", quota_v2_rounds_up, NULL, NULL, 0},
        {"quota_v2_below_one", quota_v2_below_one, NULL, NULL, 0},
        {"quota_v2_outer_is_tighter", quota_v2_outer_is_tighter, NULL, NULL, 0},
        {"quota_v2_none", quota_v2_none, NULL, NULL, 0},
        {"quota_v2_in_a_container", quota_v2_in_a_container, NULL, NULL, 0},
        {"quota_v2_broken", quota_v2_broken, NULL, NULL, 0},
        {"quota_v1", quota_v1, NULL, NULL, 0},
        {"quota_v1_other_mount", quota_v1_other_mount, NULL, NULL, 0},
        {"quota_v1_none", quota_v1_none, NULL, NULL, 0},
#endif
    };
    return cases_main(argc, argv, cases, COUNT_OF(cases));
}
