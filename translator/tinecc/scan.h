/* The textual pre-scan: does a C file need the translator?
 *
 * It does when a Tine word (spawn, sync, flowvar, ...) stands outside comments and literals in the
 * file or in a header that it includes from a non-system directory, and <tine.h> is within reach of
 * an #include. Conditionals are not evaluated: the answer may be yes where the preprocessor would
 * drop the word (the translator then changes nothing), never no where it would keep it, save for
 * words glued from pieces by ## and words that only a system header's macro brings in.
 *
 * The cost is one read of the file and its own headers; no process, no libclang.
 */
#ifndef TINECC_SCAN_H
#define TINECC_SCAN_H

#include "mem.h"

#include <stdbool.h>

/* Where #include looks, in order, and what the command line includes by force. */
struct scan_paths {
    struct words quote;  /* -iquote: for "..." only */
    struct words plain;  /* -I and $CPATH */
    struct words system; /* -isystem, $C_INCLUDE_PATH, -idirafter, the usual directories */
    struct words forced; /* -include, -imacros */
};

/* `text` is the content of `path`, whose directory comes first for "..." includes. */
bool scan_needs_tine(const char *path, const char *text, size_t n, const struct scan_paths *paths);

#endif
