/* Asks the user's preprocessor what the candidates expand to.
 *
 * Relies on candidates, options, diag. Each candidate gets a marker before and behind it, cc -E
 * runs once over them and all directives with the user's flags, and what comes out between the
 * markers is the expansion, exact in every respect: #if, #undef, ##, #, __VA_OPT__, computed
 * #include. Tine's words are no macros meanwhile (TINE_PREPROCESS). */
#ifndef TINE_TRANSLATOR_EXPAND_H
#define TINE_TRANSLATOR_EXPAND_H

#include "candidates.h"
#include "options.h"

typedef struct expansion {
    str text;          /* on one line */
    bool there;        /* false: the candidate stays as it is */
    unsigned counters; /* how many __COUNTER__ it used up */
} expansion;

/* What stays: code that is not compiled (#if 0), names that are no macro there, expansions in which
 * there is nothing for Tine. The array has an entry for each candidate; free it with
 * expansions_free. NULL: an error was added to d.
 * name: the main file's; counts: the text mentions __COUNTER__. */
expansion *expand_all(const candidates *c, const char *text, bool counts, const char *name,
                      const options *o, diags *d);
void expansions_free(expansion *e, size_t count);

/* Runs the preprocessor over text as if it were the file of that name. False: it could not be run,
 * or found errors; they are in d. */
bool expand_preprocess(const char *text, size_t len, const char *name, const options *o, diags *d,
                       str *out);

#endif
