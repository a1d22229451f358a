/* The bars: what Tine's speed is held to. Each is one figure, of one block, and a bound. */
#ifndef RUNNER_BARS_H
#define RUNNER_BARS_H

#include <stdbool.h>
#include <stddef.h>

#include "measure.h"

struct bars_options {
    const char *only;      /* programs, comma-separated; NULL: all */
    const char *compilers; /* the same */
    int rounds;            /* 0: what each bar asks for */
    struct pace pace;
};

/* Measures every bar and prints figure, bound and whether it is met. The blocks measured are
 * appended to blocks (room of them), for JSON and chart. The number of runs that failed. */
int bars_run(const struct plan *plan, const struct bars_options *options, struct block **blocks,
             size_t room, size_t *count);

#endif
