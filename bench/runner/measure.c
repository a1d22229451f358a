/* Runs binaries in turns and reads the line that each prints. */
#include "measure.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
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

struct series *block_add(struct block *block, const struct binary *binary, int workers)
{
    for (int i = 0; i < block->series_count; i++)
        if (block->series[i].binary == binary && block->series[i].workers == workers)
            return &block->series[i];
    if (block->series_count == SERIES_MAX)
        return NULL;
    struct series *s = &block->series[block->series_count++];
    s->binary = binary;
    s->workers = workers;
    return s;
}

const struct series *block_find(const struct block *block, const char *system,
                                const char *compiler, int workers)
{
    for (int i = 0; i < block->series_count; i++) {
        const struct series *s = &block->series[i];
        if (strcmp(s->binary->system, system) == 0 &&
            strcmp(s->binary->compiler, compiler) == 0 && (workers == 0 || s->workers == workers))
            return s;
    }
    return NULL;
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

static void keep(struct series *series, const char *name, double value, int round, int rounds)
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
    values[round] = value;
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

/* Runs one process; its output and peak memory. */
static bool run_process(const struct series *s, const char *params, int timeout_s, char *output,
                        double *rss_kb)
{
    int ends[2], status;
    struct rusage usage;
    *output = '\0';
    if (pipe(ends) != 0) {
        perror("bench: pipe");
        return false;
    }
    pid_t child = fork();
    if (child < 0) {
        perror("bench: fork");
        return false;
    }
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        become(s->binary, params, s->workers);
    }
    close(ends[1]);
    bool in_time = read_all(ends[0], output, now_ns() + (int64_t)timeout_s * 1000000000);
    close(ends[0]);
    if (!in_time)
        kill(child, SIGKILL);
    while (wait4(child, &status, 0, &usage) < 0 && errno == EINTR) {
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
static bool parse(struct series *s, char *output, int round, int rounds)
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
        keep(s, w, strtod(equals + 1, NULL), round, rounds);
    }
    return true;
}

static void say_progress(const struct block *block, const struct series *s, int round)
{
    fprintf(stderr, "\r\033[Kround %d of %d: %s %s, %s, %s, %d worker%s", round + 1, block->rounds,
            block->program->name, block->params, s->binary->system, s->binary->compiler,
            s->workers, s->workers == 1 ? "" : "s");
}

int block_run(struct block *block, const struct pace *pace)
{
    char output[OUTPUT_MAX];
    int failures = 0;
    for (int round = 0; round < block->rounds; round++)
        for (int i = 0; i < block->series_count; i++) {
            struct series *s = &block->series[i];
            double rss_kb;
            if (s->failed)
                continue;
            if (pace->verbose)
                say_progress(block, s, round);
            usleep((useconds_t)pace->rest_ms * 1000);
            if (run_process(s, block->params, pace->timeout_s, output, &rss_kb) &&
                parse(s, output, round, block->rounds)) {
                keep(s, "rss_kb", rss_kb, round, block->rounds);
            } else {
                s->failed = true;
                failures++;
            }
        }
    if (pace->verbose)
        fprintf(stderr, "\r\033[K");
    return failures;
}
