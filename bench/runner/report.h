/* What a run of blocks says: a table, JSON, an SVG chart. */
#ifndef RUNNER_REPORT_H
#define RUNNER_REPORT_H

#include <stdio.h>

#include "measure.h"

/* Figures of one series beside the serial one of its compiler; NAN where there is none. */
struct figures {
    double ms, ms_min;  /* of the kernel: median and least */
    double over_serial; /* time over serial time, paired by rounds */
    double speed_up;    /* serial time over time, paired by rounds */
    double best;        /* least time over least serial time: what a busy machine spoils last */
    double cpu_over_serial; /* the same of processor time, medians of pairs */
    double ns_per_task; /* (time - serial time) / tasks; one worker only */
    double cpu_s;       /* processor time of the kernel */
    double mib;         /* peak memory of the process */
};

struct figures figures_of(const struct block *block, const struct series *series);

/* The serial series that belongs to another one: same compiler. NULL: none. */
const struct series *serial_of(const struct block *block, const struct series *series);

void report_table(FILE *to, const struct block *block);

/* false, with a message, when the file cannot be written. */
bool report_json(const char *path, struct block *const *blocks, size_t count);
bool report_svg(const char *path, struct block *const *blocks, size_t count);

#endif
