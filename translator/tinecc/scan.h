/* The textual pre-scan: does a C file need the translator?
 *
 * It does when a Tine word (spawn, sync, flowvar, ...) stands outside comments and literals in the
 * file or in a header that it includes from a non-system directory, or may be pasted together there,
 * and <tine.h> is within reach of an #include. Conditionals are not evaluated: the answer may be yes
 * where the preprocessor would drop the word (the translator then changes nothing), never no where it
 * would keep it, save for words that only a system header's macro brings in.
 *
 * The cost is one read of the file and its own headers; no process, no libclang. The reading is the
 * translator's (../scan.h), so that the two are of one mind.
 */
#ifndef TINECC_SCAN_H
#define TINECC_SCAN_H

#include "mem.h"

#include <stdbool.h>

/* What the command line says: where #include looks, in order, what is included by force, macros. */
struct scan_paths {
    struct words quote;  /* -iquote: for "..." only */
    struct words plain;  /* -I and $CPATH */
    struct words system; /* -isystem, $C_INCLUDE_PATH, -idirafter, the usual directories */
    struct words forced; /* -include, -imacros */
    struct words defines;  /* of -D: NAME or NAME=text */
    struct words language; /* -std=, -ansi, -trigraphs, whole */
};

/* `text` is the content of `path`, whose directory comes first for "..." includes. */
bool scan_needs_tine(const char *path, const char *text, size_t n, const struct scan_paths *paths);

#endif
