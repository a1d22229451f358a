/* What there is to do for a command line: its inputs, and what becomes of each. */
#ifndef TINECC_JOB_H
#define TINECC_JOB_H

#include "cmdline.h"
#include "tools.h"

#include <time.h>

/* One input of the command line. */
struct unit {
    struct arg *arg;
    const char *source;    /* the name as the user wrote it; "<stdin>" for "-" */
    const char *read_from; /* the file that holds it: source, or a copy of standard input */
    const char *text;      /* if translate: what is in it */
    bool translate;
    struct timespec changed; /* when the source was changed last */
    const char *generated; /* if translate: the translator's output */
    const char *tail;      /* what it ends with as the source does, a part of `generated` */
    const char *object;    /* if compiled by itself to be linked: what came out */
    struct words read;     /* if translate: what the translator read */
};

struct job {
    struct cmdline *c;
    const struct tools *t;
    struct unit *units;
    size_t n;
    size_t translated;
    bool unreadable; /* --check of a file that cannot be read */
    int stdin_fd; /* standard input for the compiler: -1, or the copy that was read for the scan */
};

#endif
