/* Runs binaries and keeps what they say.
 *
 * Glossary
 *   series   one binary with one worker count: a value of each metric for every round
 *   copies   processes of a series that run at once, each kept on one CPU; a value is their mean.
 *            One, but where it is asked what the machine gives: two serial programs on two cores
 *            slow each other down, more or less from hour to hour
 *   block    series of one program with one set of parameters, run in turns (A B C A B C ...), so
 *            that values of one round may be compared
 *   metric   a word key=number of a program's line; the runner adds rss_kb, the peak memory
 */
#ifndef RUNNER_MEASURE_H
#define RUNNER_MEASURE_H

#include "plan.h"

enum { SERIES_MAX = 32, METRICS_MAX = 32, ROUNDS_MAX = 1000, COPIES_MAX = 64 };

struct metric {
    char name[40];
    double *values; /* one for every round */
};

struct series {
    const struct binary *binary;
    int workers, copies;
    bool failed; /* in some round: left out from then on, and its values are not to be used */
    struct metric metrics[METRICS_MAX];
    int metric_count;
};

struct block {
    const struct program *program;
    char *params;
    struct series series[SERIES_MAX];
    int series_count;
    int rounds;
};

struct block *block_new(const struct program *program, const char *params, int rounds);
void block_free(struct block *block);

/* Adds a series unless it is there; NULL when the block is full. */
struct series *block_add(struct block *block, const struct binary *binary, int workers);

/* The same for a binary of which several copies run at once; NULL also for more than COPIES_MAX. */
struct series *block_add_copies(struct block *block, const struct binary *binary, int copies);

/* The series of single processes of a system, compiler and worker count (0: any); NULL: none. */
const struct series *block_find(const struct block *block, const char *system,
                                const char *compiler, int workers);

/* The series of copies of the serial program. */
const struct series *block_find_copies(const struct block *block, const char *compiler,
                                       int copies);

/* How programs are run. */
struct pace {
    int timeout_s; /* for one run of one program */
    int rest_ms;   /* pause before each run */
    bool verbose;  /* progress on stderr */
};

/* Runs all rounds; the number of series that failed or took too long, of which stderr says why. */
int block_run(struct block *block, const struct pace *pace);

/* The values of a metric, one per round; NULL: the program does not say it, or failed. */
const double *series_values(const struct series *series, const char *metric);

/* The median of a metric; NAN where there is none. */
double series_median(const struct series *series, const char *metric, int rounds);

#endif
