/* A quick look for Tine words, without preprocessing: decides whether a translation unit must be
 * parsed at all. Relies on source and str.
 *
 * Comments, strings and character constants are skipped; line splices, trigraphs and a byte order
 * mark are understood. #if is not evaluated: every branch counts, so the answer errs on the side of
 * "yes". Non-system headers are looked into where the flags lead to them. */
#ifndef TINE_TRANSLATOR_SCAN_H
#define TINE_TRANSLATOR_SCAN_H

#include "source.h"

typedef struct scan scan;

/* Looks through text and what it includes. path: of the main file, for "..." includes; flags: the
 * compiler's (-I, -iquote, -isystem, -include, -D are heeded), NULL at the end. */
scan *scan_unit(const char *path, const char *text, size_t len, const char *const *flags);
void scan_free(scan *s);

/* Whether the translation unit may have Tine words. */
bool scan_has_words(const scan *s);

#endif
