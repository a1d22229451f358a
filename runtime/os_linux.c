/* The OS layer on Linux: futex, membarrier, affinity and cgroup limits. */
#include "os.h"

#include "atomics.h"
#include "config.h"

#include <errno.h>
#include <fcntl.h>
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

/* Reads what fits of a small file, as a string. */
static bool read_text(const char *path, char *text, size_t size)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return false;
    size_t used = 0;
    for (ssize_t n; used < size - 1 && (n = read(file, text + used, size - 1 - used)) != 0;) {
        if (n < 0 && errno != EINTR)
            break;
        used += n > 0 ? (size_t)n : 0;
    }
    close(file);
    text[used] = '\0';
    return used > 0;
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
    if (n < 0 || (size_t)n >= sizeof path || !read_text(path, line, sizeof line))
        return 0;
    return sscanf(line, "%lld %lld", &quota, &period) == 2 ? quota_cpus(quota, period) : 0;
}

/* cgroup v1: two files, quota -1 for none. */
static unsigned quota_v1(const char *folder)
{
    char path[PATH_MAX], text[64];
    int n = snprintf(path, sizeof path, "%s/cpu.cfs_quota_us", folder);
    if (n < 0 || (size_t)n >= sizeof path || !read_text(path, text, sizeof text))
        return 0;
    long long quota = strtoll(text, NULL, 10);
    n = snprintf(path, sizeof path, "%s/cpu.cfs_period_us", folder);
    if (quota <= 0 || n < 0 || (size_t)n >= sizeof path || !read_text(path, text, sizeof text))
        return 0;
    return quota_cpus(quota, strtoll(text, NULL, 10));
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

/* Whether a list with commas has an item. */
static bool has_item(const char *list, const char *item)
{
    size_t length = strlen(item);
    for (const char *at = list; (at = strstr(at, item)) != NULL; at += length)
        if ((at == list || at[-1] == ',') && (at[length] == ',' || at[length] == '\0'))
            return true;
    return false;
}

/* What one line "ID:CONTROLLERS:GROUP" of /proc/self/cgroup allows; v2 has no controllers. */
static unsigned cgroup_line_cpus(char *line)
{
    char *controllers = strchr(line, ':');
    char *group = controllers ? strchr(controllers + 1, ':') : NULL;
    if (!group)
        return 0;
    *group++ = '\0';
    controllers++;
    if (strcmp(group, "/") == 0)
        group = ""; /* the mount itself */
    if (*controllers == '\0')
        return least(quota_upwards("/sys/fs/cgroup", group, quota_v2),
                     quota_upwards("/sys/fs/cgroup/unified", group, quota_v2));
    if (!has_item(controllers, "cpu"))
        return 0;
    unsigned found = quota_upwards("/sys/fs/cgroup/cpu", group, quota_v1);
    if (found || strcmp(controllers, "cpu") == 0)
        return found;
    char mount[256];
    snprintf(mount, sizeof mount, "/sys/fs/cgroup/%.200s", controllers);
    return quota_upwards(mount, group, quota_v1);
}

static unsigned cgroup_cpus(void)
{
    char text[8192];
    if (!read_text("/proc/self/cgroup", text, sizeof text))
        return 0;
    unsigned found = 0;
    char *rest = NULL;
    for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
        found = least(found, cgroup_line_cpus(line));
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

/* The n-th allowed CPU after the caller's, in a circle; -1: the caller's own, or not known. */
static int cpu_after(const cpu_set_t *mask, unsigned n)
{
    int here = sched_getcpu();
    unsigned count = (unsigned)CPU_COUNT(mask);
    if (here < 0 || count == 0 || n % count == count - 1)
        return -1;
    n %= count;
    for (int i = 1; i < CPU_SETSIZE; i++) {
        int cpu = (here + i) % CPU_SETSIZE;
        if (CPU_ISSET(cpu, mask) && n-- == 0)
            return cpu;
    }
    return -1;
}

/* The seat's lock is held in those without os_ in front. */

/* Without memcmp, which ThreadSanitizer in a program watches even when the runtime is built without it. */
static bool same_mask(const cpu_set_t *a, const unsigned long *b)
{
    for (size_t i = 0; i < sizeof *a / sizeof *b; i++)
        if (a->__bits[i] != b[i])
            return false;
    return true;
}

static void restrict_to(struct os_seat *seat, const cpu_set_t *whole, const cpu_set_t *part)
{
    if (pthread_setaffinity_np(seat->thread, sizeof *part, part) != 0)
        return;
    *(cpu_set_t *)seat->whole = *whole;
    *(cpu_set_t *)seat->part = *part;
    seat->restricted = true;
}

/* Whether there is something left of the mask; nothing changes if not. */
static bool without(const cpu_set_t *mask, int cpu, cpu_set_t *rest)
{
    *rest = *mask;
    CPU_CLR(cpu, rest);
    return CPU_ISSET(cpu, mask) && CPU_COUNT(rest) > 0;
}

/* The mask that the thread has is the one given here, or somebody else's: taskset's, the program's. */
static bool still_ours(struct os_seat *seat)
{
    cpu_set_t found;
    return pthread_getaffinity_np(seat->thread, sizeof found, &found) == 0 &&
           same_mask(&found, seat->part);
}

/* What is left of `part` after the process was confined to other CPUs (a cpuset) is ours, too. Then the thread
 * gets what the process's first thread has. */
static void lift_rest(struct os_seat *seat)
{
    cpu_set_t found, first, both;
    if (pthread_getaffinity_np(seat->thread, sizeof found, &found) != 0 ||
        sched_getaffinity(getpid(), sizeof first, &first) != 0)
        return;
    CPU_AND(&both, &first, (const cpu_set_t *)seat->part);
    if (same_mask(&found, both.__bits) && !same_mask(&found, first.__bits))
        pthread_setaffinity_np(seat->thread, sizeof first, &first);
}

static void lift(struct os_seat *seat)
{
    if (!seat->restricted)
        return;
    seat->restricted = false;
    if (still_ours(seat))
        pthread_setaffinity_np(seat->thread, sizeof seat->whole, (const cpu_set_t *)seat->whole);
    else
        lift_rest(seat);
}

void os_seat_prepare(struct os_seat *seat)
{
    _Static_assert(sizeof(cpu_set_t) == sizeof seat->whole, "a mask fits");
    spin_lock(&seat->lock); /* a late waker of the thread before may have it */
    seat->state = SEAT_STARTING;
    seat->restricted = seat->woken = false;
    seat->waker_cpu = sched_getcpu();
    seat->guarded = SEAT_FIRST;
    spin_unlock(&seat->lock);
}

void os_seat_spread(struct os_seat *seat, pthread_t thread, unsigned n)
{
    cpu_set_t mask, one;
    if (sched_getaffinity(0, sizeof mask, &mask) != 0) /* which the new thread has as well */
        return;
    int cpu = cpu_after(&mask, n);
    if (cpu < 0)
        return;
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    spin_lock(&seat->lock);
    seat->waker_cpu = sched_getcpu();
    seat->guarded = SEAT_FIRST;
    if (seat->state == SEAT_STARTING) {
        seat->thread = thread;
        restrict_to(seat, &mask, &one);
    }
    spin_unlock(&seat->lock);
}

/* The thread has come before its creator's restriction: if it took the creator's CPU it goes elsewhere itself. */
static void make_way(struct os_seat *seat)
{
    cpu_set_t mask, others;
    if (seat->waker_cpu >= 0 && sched_getcpu() == seat->waker_cpu &&
        sched_getaffinity(0, sizeof mask, &mask) == 0 && without(&mask, seat->waker_cpu, &others))
        restrict_to(seat, &mask, &others);
}

void os_seat_begin(struct os_seat *seat, bool fixed)
{
    spin_lock(&seat->lock);
    seat->thread = pthread_self();
    seat->state = fixed ? SEAT_FIXED : SEAT_RUNNING;
    if (!fixed && !seat->restricted)
        make_way(seat);
    lift(seat);
    spin_unlock(&seat->lock);
}

void os_seat_end(struct os_seat *seat)
{
    spin_lock(&seat->lock);
    seat->state = SEAT_FIXED;
    spin_unlock(&seat->lock);
}

/* Keeps the caller off its last waker's CPU. Where it runs there itself, the waker has left: then it stays, for to be
 * moved, perhaps to where the waker is now, it would wait for a time slice before it even sleeps. */
static void keep_off(struct os_seat *seat)
{
    cpu_set_t mask, part;
    int here = sched_getcpu();
    if (here < 0 || seat->waker_cpu < 0 || sched_getaffinity(0, sizeof mask, &mask) != 0 ||
        !without(&mask, seat->waker_cpu, &part))
        return;
    if (here == seat->waker_cpu) {
        CPU_ZERO(&part);
        CPU_SET(here, &part);
    }
    restrict_to(seat, &mask, &part);
}

void os_seat_sleep(struct os_seat *seat)
{
    spin_lock(&seat->lock);
    if (seat->state == SEAT_RUNNING) {
        seat->state = SEAT_ASLEEP;
        seat->woken = seat->kept_off = false;
        if (seat->guarded > 0)
            keep_off(seat);
    }
    spin_unlock(&seat->lock);
}

void os_seat_wake(struct os_seat *seat)
{
    spin_lock(&seat->lock);
    if (seat->state == SEAT_ASLEEP) {
        seat->state = SEAT_RUNNING;
        if (seat->woken && seat->guarded > 0)
            seat->guarded--;
        if (seat->woken && !seat->kept_off && seat->waker_cpu == sched_getcpu())
            seat->guarded = SEAT_MISLED;
        lift(seat);
    }
    spin_unlock(&seat->lock);
}

void os_seat_avoid(struct os_seat *seat)
{
    cpu_set_t mask, others;
    int here = sched_getcpu();
    spin_lock(&seat->lock);
    if (seat->state == SEAT_ASLEEP && !seat->woken && here >= 0) {
        seat->woken = true;
        seat->waker_cpu = here;
        if (seat->restricted) {
            if (CPU_ISSET(here, (const cpu_set_t *)seat->part) && still_ours(seat)) {
                mask = *(const cpu_set_t *)seat->whole;
                if (without(&mask, here, &others))
                    restrict_to(seat, &mask, &others);
            }
            seat->kept_off = true;
        }
    }
    spin_unlock(&seat->lock);
}

void os_seat_lift(struct os_seat *seat)
{
    spin_lock(&seat->lock);
    if (seat->state == SEAT_ASLEEP && seat->woken)
        lift(seat);
    spin_unlock(&seat->lock);
}

void os_thread_join(pthread_t thread)
{
    uint64_t until = os_now() + JOIN_SPIN_NS;
    do
        if (pthread_tryjoin_np(thread, NULL) == 0)
            return;
    while (os_now() < until);
    pthread_join(thread, NULL);
}

int os_cpu(void)
{
    return sched_getcpu();
}

unsigned os_allowed_cpus(int *cpus, unsigned room)
{
    cpu_set_t mask;
    if (sched_getaffinity(0, sizeof mask, &mask) != 0)
        return 0;
    unsigned count = 0;
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
        if (!CPU_ISSET(cpu, &mask))
            continue;
        if (count < room)
            cpus[count] = cpu;
        count++;
    }
    return count;
}

/* The first number of a file of /sys/devices/system, such as a list "2-3,6"; -1: none. */
static int first_number(const char *format, int n)
{
    char path[128], text[64];
    int length = snprintf(path, sizeof path, "/sys/devices/system/");
    snprintf(path + length, sizeof path - (size_t)length, format, n);
    char *end = text;
    long number = read_text(path, text, sizeof text) ? strtol(text, &end, 10) : -1;
    return end == text || number > INT_MAX ? -1 : (int)number;
}

/* Whether a list of ranges "0-3,8,10-11" holds a number. */
static bool list_holds(const char *list, long number)
{
    for (char *end; *list; list = *end == ',' ? end + 1 : end) {
        long first = strtol(list, &end, 10), last = first;
        if (end == list)
            return false;
        if (*end == '-')
            last = strtol(end + 1, &end, 10);
        if (first <= number && number <= last)
            return true;
        if (*end != ',')
            return false;
    }
    return false;
}

/* The NUMA node of a CPU, of those up to the highest that is online. */
static int node_of(int cpu)
{
    char path[128], list[4096];
    if (!read_text("/sys/devices/system/node/online", list, sizeof list))
        return 0;
    long nodes = 0;
    for (const char *at = list; at; at = strpbrk(at, ",-"), at = at ? at + 1 : NULL)
        nodes = strtol(at, NULL, 10) + 1; /* the list ends with the highest */
    for (int node = 0; node < nodes && nodes > 1; node++) {
        snprintf(path, sizeof path, "/sys/devices/system/node/node%d/cpulist", node);
        if (read_text(path, list, sizeof list) && list_holds(list, cpu))
            return node;
    }
    return 0;
}

void os_cpu_place(struct os_place *place)
{
    place->core = first_number("cpu/cpu%d/topology/thread_siblings_list", place->cpu);
    if (place->core < 0)
        place->core = place->cpu;
    place->cache = first_number("cpu/cpu%d/cache/index3/shared_cpu_list", place->cpu);
    if (place->cache < 0)
        place->cache = first_number("cpu/cpu%d/topology/core_siblings_list", place->cpu);
    if (place->cache < 0)
        place->cache = 0;
    place->node = node_of(place->cpu);
}

bool os_pin(int cpu)
{
    cpu_set_t one;
    if (cpu < 0 || cpu >= CPU_SETSIZE)
        return false;
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    return pthread_setaffinity_np(pthread_self(), sizeof one, &one) == 0;
}
