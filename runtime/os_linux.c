/* The OS layer on Linux: futex, membarrier, affinity and cgroup limits. */
#include "os.h"

#include "atomics.h"

#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <linux/membarrier.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* CPUs in the affinity mask, in a set large enough for any kernel; 0 when it cannot be read. */
static unsigned affinity_cpus(void)
{
    for (int cpus = 1024; cpus <= 1 << 20; cpus *= 2) {
        cpu_set_t *set = CPU_ALLOC((size_t)cpus);
        if (!set)
            return 0;
        size_t size = CPU_ALLOC_SIZE((size_t)cpus);
        int ok = sched_getaffinity(0, size, set) == 0;
        int error = errno;
        unsigned count = ok ? (unsigned)CPU_COUNT_S(size, set) : 0;
        CPU_FREE(set);
        if (ok)
            return count;
        if (error != EINVAL)
            return 0;
    }
    return 0;
}

/* Reads the first line of a small file. */
static bool read_line(const char *path, char *line, size_t size)
{
    FILE *file = fopen(path, "re");
    if (!file)
        return false;
    bool ok = fgets(line, (int)size, file) != NULL;
    fclose(file);
    return ok;
}

/* CPUs that quota microseconds in each period allow, rounded up; 0 for no limit. */
static unsigned quota_cpus(long long quota, long long period)
{
    if (quota <= 0 || period <= 0)
        return 0;
    long long cpus = (quota + period - 1) / period;
    return cpus > UINT_MAX ? UINT_MAX : (unsigned)cpus;
}

/* cgroup v2: cpu.max holds "QUOTA PERIOD" or "max PERIOD". */
static unsigned quota_v2(const char *folder)
{
    char path[PATH_MAX], line[128];
    long long quota, period;
    int n = snprintf(path, sizeof path, "%s/cpu.max", folder);
    if (n < 0 || (size_t)n >= sizeof path || !read_line(path, line, sizeof line))
        return 0;
    return sscanf(line, "%lld %lld", &quota, &period) == 2 ? quota_cpus(quota, period) : 0;
}

/* cgroup v1: two files, quota -1 for none. */
static unsigned quota_v1(const char *folder)
{
    char path[PATH_MAX], quota[64], period[64];
    int n = snprintf(path, sizeof path, "%s/cpu.cfs_quota_us", folder);
    if (n < 0 || (size_t)n >= sizeof path || !read_line(path, quota, sizeof quota))
        return 0;
    n = snprintf(path, sizeof path, "%s/cpu.cfs_period_us", folder);
    if (n < 0 || (size_t)n >= sizeof path || !read_line(path, period, sizeof period))
        return 0;
    return quota_cpus(strtoll(quota, NULL, 10), strtoll(period, NULL, 10));
}

static unsigned least(unsigned a, unsigned b)
{
    return a == 0 ? b : b == 0 ? a : a < b ? a : b;
}

/* The tightest quota of a group and of all above it. group begins with '/'. */
static unsigned quota_upwards(const char *mount, const char *group, unsigned (*quota)(const char *))
{
    char path[PATH_MAX];
    int n = snprintf(path, sizeof path, "%s%s", mount, group);
    if (n < 0 || (size_t)n >= sizeof path)
        return 0;
    unsigned found = 0;
    for (size_t floor = strlen(mount);;) {
        found = least(found, quota(path));
        char *slash = strrchr(path, '/');
        if (!slash || (size_t)(slash - path) < floor)
            return found;
        *slash = '\0';
    }
}

/* /proc/self/cgroup has lines "ID:CONTROLLERS:GROUP", with ID 0 and no controllers for v2. */
static unsigned cgroup_cpus(void)
{
    FILE *file = fopen("/proc/self/cgroup", "re");
    if (!file)
        return 0;
    char line[PATH_MAX + 128];
    unsigned found = 0;
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        char *controllers = strchr(line, ':');
        char *group = controllers ? strchr(controllers + 1, ':') : NULL;
        if (!group)
            continue;
        *group++ = '\0';
        controllers++;
        if (*controllers == '\0') {
            found = least(found, quota_upwards("/sys/fs/cgroup", group, quota_v2));
            found = least(found, quota_upwards("/sys/fs/cgroup/unified", group, quota_v2));
        } else if (strstr(controllers, "cpu")) {
            char mount[256];
            snprintf(mount, sizeof mount, "/sys/fs/cgroup/%.200s", controllers);
            found = least(found, quota_upwards(mount, group, quota_v1));
            found = least(found, quota_upwards("/sys/fs/cgroup/cpu", group, quota_v1));
        }
    }
    fclose(file);
    return found;
}

unsigned os_cpus(void)
{
    unsigned cpus = affinity_cpus();
    if (cpus == 0) {
        long online = sysconf(_SC_NPROCESSORS_ONLN);
        cpus = online > 0 ? (unsigned)online : 1;
    }
    return least(cpus, cgroup_cpus());
}

static long membarrier(int command)
{
    return syscall(SYS_membarrier, command, 0, 0);
}

bool os_barrier_init(void)
{
    return membarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED) == 0;
}

void os_barrier(void)
{
    if (membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED) != 0)
        os_fatal("membarrier failed after it was registered: %s", strerror(errno));
}

void os_wait(uint32_t *word, uint32_t expected)
{
    syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, expected, NULL, NULL, 0);
}

void os_wait_for(uint32_t *word, uint32_t expected, uint64_t ns)
{
    struct timespec time = {.tv_sec = (time_t)(ns / 1000000000u), .tv_nsec = (long)(ns % 1000000000u)};
    syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, expected, &time, NULL, 0);
}

void os_wake(uint32_t *word)
{
    syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

void os_after_fork(void)
{
}

void os_thread_name(const char *name)
{
    char text[16];
    snprintf(text, sizeof text, "%s", name);
    prctl(PR_SET_NAME, text);
}

uintptr_t os_thread_stack_end(void)
{
    /* For the main thread the library would read /proc/self/maps, which takes 70 us. */
    if (syscall(SYS_gettid) == getpid())
        return (uintptr_t)__builtin_frame_address(0) - os_stack_size();
    pthread_attr_t attr;
    void *end = NULL;
    size_t size;
    if (pthread_getattr_np(pthread_self(), &attr) != 0)
        return 0;
    if (pthread_attr_getstack(&attr, &end, &size) != 0)
        end = NULL;
    pthread_attr_destroy(&attr);
    return (uintptr_t)end;
}

int os_cpu(void)
{
    return sched_getcpu();
}

void os_spread(unsigned n, int from)
{
    cpu_set_t all, others;
    if (sched_getaffinity(0, sizeof all, &all) != 0)
        return;
    others = all;
    if (from >= 0 && from < CPU_SETSIZE)
        CPU_CLR(from, &others);
    unsigned count = (unsigned)CPU_COUNT(&others);
    if (count == 0)
        return;
    n %= count;
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
        if (!CPU_ISSET(cpu, &others) || n-- > 0)
            continue;
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(cpu, &one);
        if (pthread_setaffinity_np(pthread_self(), sizeof one, &one) == 0)
            pthread_setaffinity_np(pthread_self(), sizeof all, &all);
        return;
    }
}

bool os_pin(unsigned n)
{
    cpu_set_t all, one;
    if (sched_getaffinity(0, sizeof all, &all) != 0)
        return false;
    n %= (unsigned)CPU_COUNT(&all);
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
        if (!CPU_ISSET(cpu, &all) || n-- > 0)
            continue;
        CPU_ZERO(&one);
        CPU_SET(cpu, &one);
        return pthread_setaffinity_np(pthread_self(), sizeof one, &one) == 0;
    }
    return false;
}
