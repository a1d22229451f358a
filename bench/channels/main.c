/*
 * Channels against what a C user would take instead. Rounds are interleaved: each runs every
 * contender of a workload once, so that the machine's moods hit all of them alike; the table gives
 * medians and the ratio to the fastest Tine channel of the workload. Threads are pinned: producers
 * on the first processor, consumers on the second, unless the workload says «mix».
 *
 *     channels_bench [--rounds N] [--items N] [--only TEXT] [--of TEXT] [--go PROGRAM] [--json FILE]
 *
 * --only: workloads whose name contains the text; --of: contenders.
 */
#include <errno.h>
#include <linux/futex.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "contenders.h"
#include "sleepers.h"

enum { ROUNDS_MAX = 99, RESULTS_MAX = 32, THREADS_MAX = 16, CAPACITY = 1024, CONVOY_MS = 1000 };

typedef enum pattern { SPLIT, MIX, PAIRS, PINGPONG } pattern;

typedef struct workload {
    const char *name;
    pattern pattern;
    int producers, consumers;
    const char *way;
    bool go; /* is there a Go version? */
} workload;

static const workload workloads[] = {
    {"1P1C", SPLIT, 1, 1, "try", true},
    {"1P1C arrays of 32", SPLIT, 1, 1, "batch", false},
    {"1P1C 64-byte items", SPLIT, 1, 1, "try64", false},
    {"2P1C", SPLIT, 2, 1, "try", true},
    {"2P1C arrays and batches of 32", SPLIT, 2, 1, "batch", false},
    {"1P2C", SPLIT, 1, 2, "try", true},
    {"2P2C", SPLIT, 2, 2, "try", true},
    {"4P4C mix, more threads than cores", MIX, 4, 4, "try", true},
    {"1P1C blocking", SPLIT, 1, 1, "block", true},
    {"2P1C blocking", SPLIT, 2, 1, "block", true},
    {"1P2C blocking", SPLIT, 1, 2, "block", true},
    {"2P2C blocking", SPLIT, 2, 2, "block", true},
    {"4P4C mix blocking", MIX, 4, 4, "block", true},
    {"pairs: two threads push and pop", PAIRS, 2, 0, "try", false},
    {"ping-pong, trying", PINGPONG, 1, 1, "try", false},
    {"ping-pong, blocking", PINGPONG, 1, 1, "block", false},
};

typedef struct job {
    const contender *contender;
    void *queue, *back;
    long n;
    int cpu, role; /* 0 produce, 1 consume, 2 pairs, 3 ping, 4 pong */
    pthread_barrier_t *start;
    const bool *stop;
    uint64_t sum;
    long turns;
    double begin, end;
} job;

static long option_items = 1000000;
static int option_rounds = 7;
static const char *option_only, *option_of, *option_go;
static FILE *json; /* one line for each contender of each workload */

double bench_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

void bench_pin(int cpu)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(cpu, &set);
    pthread_setaffinity_np(pthread_self(), sizeof set, &set);
}

static void *job_run(void *arg)
{
    job *j = (job *)arg;
    const contender *c = j->contender;
    bench_pin(j->cpu);
    pthread_barrier_wait(j->start);
    j->begin = bench_now();
    switch (j->role) {
    case 0:
        c->produce(j->queue, j->n);
        break;
    case 1:
        j->sum = c->consume(j->queue, j->n);
        break;
    case 2:
        c->pairs(j->queue, j->stop, &j->turns);
        break;
    case 3:
        c->ping(j->queue, j->back, j->n);
        break;
    default:
        c->pong(j->queue, j->back, j->n);
        break;
    }
    j->end = bench_now();
    return NULL;
}

/* Wall time from the first start to the last end. */
static double jobs_run(job *jobs, int count, bool *stop)
{
    pthread_t threads[THREADS_MAX];
    pthread_barrier_t start;
    double begin = 0, end = 0;
    pthread_barrier_init(&start, NULL, (unsigned)count);
    for (int i = 0; i < count; i++) {
        jobs[i].start = &start;
        if (pthread_create(&threads[i], NULL, job_run, &jobs[i]) != 0) abort();
    }
    if (stop) {
        struct timespec second = {1, 0}; /* fairness is promised over a second */
        nanosleep(&second, NULL);
        __atomic_store_n(stop, true, __ATOMIC_RELAXED);
    }
    for (int i = 0; i < count; i++) pthread_join(threads[i], NULL);
    for (int i = 0; i < count; i++) {
        if (i == 0 || jobs[i].begin < begin) begin = jobs[i].begin;
        if (i == 0 || jobs[i].end > end) end = jobs[i].end;
    }
    pthread_barrier_destroy(&start);
    return end - begin;
}

/* A sender or receiver waits until those before it have finished. So when a thread is preempted all others
 * spin for the rest of their time slices, and once begun that goes on: some hundred items a second. */
static bool convoys(const workload *w, const contender *c)
{
    return (w->pattern == SPLIT || w->pattern == MIX) && w->producers + w->consumers > 2 &&
           (strstr(c->name, "ck_ring") || strstr(c->name, "rte_ring"));
}

/* A small share keeps such a run short, and is no favour to anybody. */
static long items_of_stream(const workload *w, const contender *c)
{
    return option_items / (convoys(w, c) ? 20 : 1);
}

static double run_stream(const workload *w, const contender *c, void *queue)
{
    job jobs[THREADS_MAX];
    int count = 0;
    long per_producer = items_of_stream(w, c) / w->producers;
    uint64_t sum = 0, expected = (uint64_t)per_producer * ((uint64_t)per_producer + 1) / 2;
    long per_consumer = per_producer * w->producers / w->consumers;
    memset(jobs, 0, sizeof jobs);
    for (int i = 0; i < w->producers + w->consumers; i++) {
        bool consumer = i >= w->producers;
        int side = consumer ? 1 : 0;
        int cpu = w->pattern == MIX ? i % 2 : side;
        jobs[count++] = (job){.contender = c,
                              .queue = queue,
                              .role = side,
                              .cpu = cpu,
                              .n = consumer ? per_consumer : per_producer};
    }
    double ns = jobs_run(jobs, count, NULL);
    for (int i = 0; i < count; i++) sum += jobs[i].sum;
    if (sum != expected * (uint64_t)w->producers) {
        fprintf(stderr, "%s: %s lost items\n", w->name, c->name);
        exit(1);
    }
    return ns / (double)(per_producer * w->producers);
}

static double run_once(const workload *w, const contender *c, double *share)
{
    void *queue = c->make(CAPACITY), *back = c->make(CAPACITY);
    job jobs[2];
    double ns;
    memset(jobs, 0, sizeof jobs);
    if (w->pattern == PAIRS) {
        bool stop = false;
        for (int i = 0; i < 2; i++)
            jobs[i] = (job){.contender = c, .queue = queue, .role = 2, .cpu = i, .stop = &stop};
        double wall = jobs_run(jobs, 2, &stop);
        double all = (double)(jobs[0].turns + jobs[1].turns);
        *share = (double)(jobs[0].turns < jobs[1].turns ? jobs[0].turns : jobs[1].turns) / all;
        ns = wall / all;
    } else if (w->pattern == PINGPONG) {
        long n = option_items / 8;
        for (int i = 0; i < 2; i++)
            jobs[i] = (job){
                .contender = c, .queue = queue, .back = back, .role = 3 + i, .cpu = i, .n = n};
        ns = jobs_run(jobs, 2, NULL) / (double)n;
    } else {
        ns = run_stream(w, c, queue);
    }
    c->drop(queue);
    c->drop(back);
    return ns;
}

/* In a process of its own that is killed after CONVOY_MS: then *late, and the result is what an item takes at
 * least. */
static double run_limited(const workload *w, const contender *c, double *share, bool *late)
{
    int ends[2];
    double ns = -1;
    if (pipe(ends) != 0) abort();
    fflush(NULL);
    pid_t child = fork();
    if (child < 0) abort();
    if (child == 0) {
        ns = run_once(w, c, share);
        _exit(write(ends[1], &ns, sizeof ns) == sizeof ns ? 0 : 1);
    }
    close(ends[1]);
    struct pollfd answer = {.fd = ends[0], .events = POLLIN};
    *late = poll(&answer, 1, CONVOY_MS) == 0;
    if (*late) {
        kill(child, SIGKILL);
        ns = CONVOY_MS * 1e6 / (double)items_of_stream(w, c);
    } else if (read(ends[0], &ns, sizeof ns) != sizeof ns) {
        fprintf(stderr, "%s: %s failed\n", w->name, c->name);
        exit(1);
    }
    close(ends[0]);
    waitpid(child, NULL, 0);
    return ns;
}

static double run_go(const workload *w)
{
    char command[512];
    double ns = -1;
    snprintf(command, sizeof command, "%s %d %d %ld %s", option_go, w->producers, w->consumers,
             option_items, w->way);
    FILE *p = popen(command, "r");
    if (p && fscanf(p, "%lf", &ns) != 1) ns = -1;
    if (p) pclose(p);
    return ns;
}

static bool suits(const workload *w, const contender *c)
{
    if (strcmp(w->way, c->way) != 0) return false;
    if (option_of && !strstr(c->name, option_of)) return false;
    if (w->pattern == PAIRS) return (c->sides & MANY_IN) && (c->sides & MANY_OUT) && c->pairs;
    if (w->pattern == PINGPONG) return c->ping != NULL;
    return (w->producers == 1 || (c->sides & MANY_IN)) &&
           (w->consumers == 1 || (c->sides & MANY_OUT));
}

static int by_value(const void *a, const void *b)
{
    double d = *(const double *)a - *(const double *)b;
    return d < 0 ? -1 : d > 0;
}

static double median(double *values, int n)
{
    qsort(values, (size_t)n, sizeof *values, by_value);
    return n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

static void run_workload(const workload *w)
{
    static double ns[RESULTS_MAX][ROUNDS_MAX], shares[RESULTS_MAX][ROUNDS_MAX];
    const contender *chosen[RESULTS_MAX];
    int count = 0, lates[RESULTS_MAX] = {0};
    for (size_t i = 0; i < c_contender_count; i++)
        if (suits(w, &c_contenders[i])) chosen[count++] = &c_contenders[i];
#ifdef HAVE_BOOST
    for (size_t i = 0; i < boost_contender_count; i++)
        if (suits(w, &boost_contenders[i])) chosen[count++] = &boost_contenders[i];
#endif
    static const contender go = {.name = "Go channel"};
    if (w->go && option_go && !option_of) chosen[count++] = &go;

    for (int r = 0; r < option_rounds; r++)
        for (int i = 0; i < count; i++) {
            bool late = false;
            ns[i][r] = chosen[i] == &go             ? run_go(w)
                       : convoys(w, chosen[i]) ? run_limited(w, chosen[i], &shares[i][r], &late)
                                               : run_once(w, chosen[i], &shares[i][r]);
            lates[i] += late;
        }

    double best = 0, medians[RESULTS_MAX];
    for (int i = 0; i < count; i++) {
        medians[i] = median(ns[i], option_rounds);
        if (strncmp(chosen[i]->name, "tine", 4) == 0 && (best == 0 || medians[i] < best))
            best = medians[i];
    }
    if (count == 0) return;
    printf("\n%s%s\n", w->name, w->pattern == PINGPONG ? " (ns a round trip)" : "");
    for (int i = 0; i < count; i++) {
        printf("  %-31s %9.2f ns  %7.2f x   (min %.2f, quarters %.2f, %.2f)", chosen[i]->name, medians[i],
               medians[i] / best, ns[i][0], ns[i][option_rounds / 4], ns[i][option_rounds - 1 - option_rounds / 4]);
        if (w->pattern == PAIRS)
            printf("   lesser thread's share %.2f", median(shares[i], option_rounds));
        if (lates[i] > 0)
            printf("   %d of %d stopped after %d ms: at least", lates[i], option_rounds, CONVOY_MS);
        printf("\n");
        if (json)
            fprintf(json,
                    "{\"workload\": \"%s\", \"contender\": \"%s\", \"ns\": %.3f, "
                    "\"ratio\": %.3f, \"min\": %.3f, \"max\": %.3f, \"rounds\": %d, \"stopped\": %d}\n",
                    w->name, chosen[i]->name, medians[i], medians[i] / best, ns[i][0],
                    ns[i][option_rounds - 1], option_rounds, lates[i]);
    }
    fflush(stdout);
}

static long number(const char *text)
{
    char *end;
    long n = text ? strtol(text, &end, 10) : 0;
    if (n <= 0 || *end) {
        fprintf(stderr, "channels_bench: a positive number is wanted, not '%s'\n",
                text ? text : "");
        exit(2);
    }
    return n;
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--rounds") == 0) {
            option_rounds = (int)number(argv[++i]);
        } else if (strcmp(argv[i], "--items") == 0) {
            option_items = number(argv[++i]);
        } else if (strcmp(argv[i], "--only") == 0 && i + 1 < argc) {
            option_only = argv[++i];
        } else if (strcmp(argv[i], "--of") == 0 && i + 1 < argc) {
            option_of = argv[++i];
        } else if (strcmp(argv[i], "--go") == 0 && i + 1 < argc) {
            option_go = argv[++i];
        } else if (strcmp(argv[i], "--json") == 0 && i + 1 < argc) {
            json = fopen(argv[++i], "w");
            if (!json) {
                fprintf(stderr, "channels_bench: %s: %s\n", argv[i], strerror(errno));
                return 1;
            }
        } else {
            fprintf(stderr, "usage: channels_bench [--rounds N] [--items N] [--only TEXT] "
                            "[--of TEXT] [--go PROGRAM] [--json FILE]\n");
            return 2;
        }
    }
    if (option_rounds > ROUNDS_MAX) option_rounds = ROUNDS_MAX;
    if (sysconf(_SC_NPROCESSORS_ONLN) < 2)
        fprintf(stderr, "channels_bench: one processor only; the figures will mean little\n");
    for (size_t i = 0; i < sizeof workloads / sizeof *workloads; i++)
        if (!option_only || strstr(workloads[i].name, option_only)) run_workload(&workloads[i]);
    if (!option_only || strstr("asleep", option_only)) bench_sleepers(option_rounds);
    if (json && fclose(json) != 0) {
        fprintf(stderr, "channels_bench: the results could not be written: %s\n", strerror(errno));
        return 1;
    }
    return 0;
}
