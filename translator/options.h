/* The command line of tine:
 *
 *   tine [options] file.c [-o out.c] [-- compiler flags]
 *
 * Relies on diag (which keeps the -W flags) and str. */
#ifndef TINE_TRANSLATOR_OPTIONS_H
#define TINE_TRANSLATOR_OPTIONS_H

#include "diag.h"

enum options_action { OPTIONS_RUN, OPTIONS_EXIT };

typedef struct options {
    const char *input;  /* "-": standard input */
    const char *output; /* "-": standard output (the default); NULL with check */
    bool check;         /* only diagnose */
    bool explain;       /* say for each spawn site what was chosen and why, on standard error */
    bool serial;        /* every Tine word erased */
    enum diag_format format;
    enum diag_color color;

    bool depend;             /* -MD or -MMD */
    bool depend_system;      /* -MD: with system headers */
    bool depend_phony;       /* -MP */
    char *depend_file;       /* -MF; default: the output's name with its suffix replaced by .d */
    char *depend_target;     /* -MT and -MQ, quoted for make; default: the output's name */

    const char *resource_dir; /* of libclang's version; NULL: the one found at build time */
    const char *include_dir;  /* where tine.h is; NULL: found from where tine itself is */
    const char *cc;           /* --cc= or TINE_CC, else "cc": what expands macros; NULL: nothing */

    char **flags; /* for the compiler, without Tine's own; flags[flag_count] == NULL */
    size_t flag_count;
    int status; /* with OPTIONS_EXIT */
} options;

/* Reads the command line. OPTIONS_EXIT: --help or --version was printed (status 0), or a one-line
 * usage error on standard error (status 2). */
enum options_action options_read(options *o, diags *d, int argc, char **argv);
void options_free(options *o);

/* The directory of <tine.h>: what --include-dir says, else found from where this program is, in the
 * build tree as installed. To be freed; NULL: not found. */
char *options_find_include(const options *o);

/* The contents of a depfile: the target, then every file (in the order given, first mention only).
 */
void options_depfile(const options *o, str *out, const char *const *files, size_t count);

#endif
