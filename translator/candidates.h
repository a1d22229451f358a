/* Finds the macro invocations in a text that may have to be expanded for flatten.
 *
 * Relies on scan, pplex, words. Whether a name is a macro just there is not known here: too many
 * candidates only cost time, for the preprocessor then shows what each one expands to. */
#ifndef TINE_TRANSLATOR_CANDIDATES_H
#define TINE_TRANSLATOR_CANDIDATES_H

#include "scan.h"

/* [begin, end): a name, and the argument lists directly behind it.
 *   candidates do not overlap, and stand in ascending order */
typedef struct candidate {
    size_t begin, end;
    bool callee; /* stands where the function that is spawned must stand literally */
} candidate;

/* A part of the text that changes what macros mean: a directive, _Pragma, __COUNTER__. */
typedef struct candidate_context {
    size_t begin, end;
} candidate_context;

/* contexts stand in ascending order, and may lie in candidates */
typedef struct candidates {
    candidate *items;
    size_t count, cap;
    candidate_context *contexts;
    size_t context_count, context_cap;
} candidates;

/* A candidate is a use of a suspicious macro; a name with arguments among which are Tine words (or
 * fragments of words, for a macro that pastes), unless it is known to be no macro; and any macro
 * between spawn and the arguments of the spawned call. */
void candidates_find(candidates *c, scan *s, const char *text, size_t len);
void candidates_free(candidates *c);

#endif
