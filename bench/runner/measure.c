/* Runs binaries in turns and reads the line that each prints. */
#include "measure.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "stats.h"

enum { OUTPUT_MAX = 4096, ARGS_MAX = 16 };

static int64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

struct block *block_new(const struct program *program, const char *params, int rounds)
{
    struct block *block = calloc(1, sizeof *block);
    if (block == NULL)
        abort();
    block->program = program;
    block->params = strdup(params);
    block->rounds = rounds;
    if (block->params == NULL)
        abort();
    return block;
}

void block_free(struct block *block)
{
    for (int i = 0; i < block->series_count; i++)
        for (int j = 0; j < block->series[i].metric_count; j++)
            free(block->series[i].metrics[j].values);
    free(block->params);
    free(block);
}

static struct series *add_series(struct block *block, const struct binary *binary, int workers,
                                 int copies)
{
    for (int i = 0; i < block->series_count; i++) {
        struct series *s = &block->series[i];
        if (s->binary == binary && s->workers == workers && s->copies == copies)
            return s;
    }
    if (block->series_count == SERIES_MAX)
        return NULL;
    struct series *s = &block->series[block->series_count++];
    s->binary = binary;
    s->workers = workers;
    s->copies = copies;
    return s;
}

struct series *block_add(struct block *block, const struct binary *binary, int workers)
{
    return add_series(block, binary, workers, 1);
}

struct series *block_add_copies(struct block *block, const struct binary *binary, int copies)
{
    return copies > COPIES_MAX ? NULL : add_series(block, binary, 1, copies);
}

static const struct series *find_series(const struct block *block, const char *system,
                                        const char *compiler, int workers, int copies)
{
    for (int i = 0; i < block->series_count; i++) {
        const struct series *s = &block->series[i];
        if (strcmp(s->binary->system, system) == 0 &&
            strcmp(s->binary->compiler, compiler) == 0 && s->copies == copies &&
            (workers == 0 || s->workers == workers))
            return s;
    }
    return NULL;
}

const struct series *block_find(const struct block *block, const char *system,
                                const char *compiler, int workers)
{
    return find_series(block, system, compiler, workers, 1);
}

const struct series *block_find_copies(const struct block *block, const char *compiler,
                                       int copies)
{
    return find_series(block, "serial", compiler, 1, copies);
}

const double *series_values(const struct series *series, const char *metric)
{
    if (series == NULL || series->failed)
        return NULL;
    for (int i = 0; i < series->metric_count; i++)
        if (strcmp(series->metrics[i].name, metric) == 0)
            return series->metrics[i].values;
    return NULL;
}

double series_median(const struct series *series, const char *metric, int rounds)
{
    const double *values = series_values(series, metric);
    return values == NULL ? NAN : stats_median(values, (size_t)rounds);
}

/* Of several copies, one after the other, the mean is kept. */
static void keep(struct series *series, const char *name, double value, int copy, int round,
                 int rounds)
{
    double *values = (double *)series_values(series, name);
    if (values == NULL) {
        if (series->metric_count == METRICS_MAX)
            return;
        struct metric *m = &series->metrics[series->metric_count++];
        snprintf(m->name, sizeof m->name, "%s", name);
        values = calloc((size_t)rounds, sizeof *values);
        if (values == NULL)
            abort();
        for (int i = 0; i < rounds; i++)
            values[i] = NAN;
        m->values = values;
    }
    if (copy == 0 || isnan(values[round]))
        values[round] = value;
    else
        values[round] += (value - values[round]) / (copy + 1);
}

/* ---- one process ---- */

/* In the child: becomes the program. */
static void become(const struct binary *binary, const char *params, int workers)
{
    char text[32], *args[ARGS_MAX + 2] = {binary->path};
    char *words = strdup(params);
    int count = 1;
    for (char *w = strtok(words, " "); w != NULL && count <= ARGS_MAX; w = strtok(NULL, " "))
        args[count++] = w;
    snprintf(text, sizeof text, "%d", workers);
    setenv("TINE_WORKERS", text, 1);
    setenv("OMP_NUM_THREADS", text, 1);
    setenv("BENCH_WORKERS", text, 1);
    snprintf(text, sizeof text, "%lld", (long long)now_ns());
    setenv("BENCH_EPOCH", text, 1);
    execv(binary->path, args);
    fprintf(stderr, "bench: %s: %s\n", binary->path, strerror(errno));
    _exit(127);
}

/* Reads until the end of the pipe or the deadline; false: the deadline. */
static bool read_all(int fd, char *output, int64_t deadline)
{
    size_t used = 0;
    for (;;) {
        int64_t left = (deadline - now_ns()) / 1000000;
        struct pollfd p = {fd, POLLIN, 0};
        if (left <= 0 || poll(&p, 1, (int)left) == 0)
            return false;
        ssize_t got = read(fd, output + used, OUTPUT_MAX - 1 - used);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        used += (size_t)got;
    }
    output[used] = '\0';
    return true;
}

struct process {
    pid_t child;
    int output;       /* the reading end of its standard output */
    int64_t deadline; /* it is stopped then */
};

/* On the nth CPU of those this process may use. */
static void stay_on(int n)
{
    cpu_set_t allowed, one;
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0)
        return;
    n %= CPU_COUNT(&allowed);
    for (size_t cpu = 0; cpu < CPU_SETSIZE; cpu++)
        if (CPU_ISSET(cpu, &allowed) && n-- == 0) {
            CPU_ZERO(&one);
            CPU_SET(cpu, &one);
            sched_setaffinity(0, sizeof one, &one);
        }
}

static bool start_process(const struct series *s, int copy, const char *params, int timeout_s,
                          struct process *process)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) {
        perror("bench: pipe");
        return false;
    }
    pid_t child = fork();
    if (child < 0) {
        perror("bench: fork");
        close(ends[0]);
        close(ends[1]);
        return false;
    }
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        if (s->copies > 1)
            stay_on(copy);
        become(s->binary, params, s->workers);
    }
    close(ends[1]);
    *process = (struct process){child, ends[0], now_ns() + (int64_t)timeout_s * 1000000000};
    return true;
}

/* Waits for a process; its output and peak memory. */
static bool end_process(const struct series *s, const struct process *process, const char *params,
                        int timeout_s, char *output, double *rss_kb)
{
    int status;
    struct rusage usage;
    *output = '\0';
    bool in_time = read_all(process->output, output, process->deadline);
    close(process->output);
    if (!in_time)
        kill(process->child, SIGKILL);
    while (wait4(process->child, &status, 0, &usage) < 0 && errno == EINTR) {
    }
    *rss_kb = (double)usage.ru_maxrss;
    if (!in_time)
        fprintf(stderr, "\nbench: %s %s: no end within %d s, stopped\n", s->binary->path, params,
                timeout_s);
    else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        fprintf(stderr, "\nbench: %s %s: %s %d\n%s", s->binary->path, params,
                WIFEXITED(status) ? "exit status" : "signal",
                WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status), output);
    else
        return true;
    return false;
}

/* Keeps every key=number behind ok=1. */
static bool parse(struct series *s, char *output, int copy, int round, int rounds)
{
    char *at = strstr(output, " ok=1");
    if (strncmp(output, "bench=", 6) != 0 || at == NULL) {
        fprintf(stderr, "bench: %s printed no result:\n%s\n", s->binary->path, output);
        return false;
    }
    for (char *w = strtok(at + 5, " \n"); w != NULL; w = strtok(NULL, " \n")) {
        char *equals = strchr(w, '=');
        if (equals == NULL)
            continue;
        *equals = '\0';
        keep(s, w, strtod(equals + 1, NULL), copy, round, rounds);
    }
    return true;
}

static void say_progress(const struct block *block, const struct series *s, int round)
{
    fprintf(stderr, "\r\033[Kround %d of %d: %s %s, %s, %s, %d worker%s", round + 1, block->rounds,
            block->program->name, block->params, s->binary->system, s->binary->compiler,
            s->workers, s->workers == 1 ? "" : "s");
}

/* All copies of a series, once. */
static bool run_series(struct series *s, const struct block *block, const struct pace *pace,
                       int round)
{
    struct process processes[COPIES_MAX];
    char output[OUTPUT_MAX];
    double rss_kb;
    int started = 0;
    while (started < s->copies &&
           start_process(s, started, block->params, pace->timeout_s, &processes[started]))
        started++;
    bool good = started == s->copies;
    for (int i = 0; i < started; i++) {
        if (end_process(s, &processes[i], block->params, pace->timeout_s, output, &rss_kb) &&
            parse(s, output, i, round, block->rounds))
            keep(s, "rss_kb", rss_kb, i, round, block->rounds);
        else
            good = false;
    }
    for (int i = 0; !good && i < s->metric_count; i++)
        s->metrics[i].values[round] = NAN;
    return good;
}

int block_run(struct block *block, const struct pace *pace)
{
    int failures = 0;
    for (int round = 0; round < block->rounds; round++)
        for (int i = 0; i < block->series_count; i++) {
            struct series *s = &block->series[i];
            if (s->failed)
                continue;
            if (pace->verbose)
                say_progress(block, s, round);
            usleep((useconds_t)pace->rest_ms * 1000);
            if (!run_series(s, block, pace, round)) {
                s->failed = true;
                failures++;
            }
        }
    if (pace->verbose)
        fprintf(stderr, "\r\033[K");
    return failures;
}
