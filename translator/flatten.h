/* Makes every Tine word stand literally in the main file's text.
 *
 * A word may come out of a user macro, or stand in a function that an included header defines. Here
 * such a macro invocation is replaced by its expansion, and such an #include by the header's text
 * between #line directives, in memory, before libclang sees the text. Lines stay: an expansion takes
 * one line, and the newlines of the invocation follow it.
 *
 * Relies on scan, source, diag, options. The user's own preprocessor (cc -E) does the expanding. */
#ifndef TINE_TRANSLATOR_FLATTEN_H
#define TINE_TRANSLATOR_FLATTEN_H

#include "options.h"
#include "scan.h"

typedef struct flatten flatten;

/* main: the user's file. The scan's findings say whether anything is to be done; where nothing is, the text is
 * main's own. NULL: an error was added to d. */
flatten *flatten_main(source *main, const scan *found, const options *o, diags *d);
void flatten_free(flatten *f);

/* The text for libclang and for the edits; not main's own only where something was replaced. */
source *flatten_text(flatten *f);

/* Where in the user's files a range of the text comes from: inside an expansion, the invocation. */
diag_place flatten_place(flatten *f, size_t begin, size_t end);

/* Files whose text was taken in (for depfiles: libclang does not see them any more). */
size_t flatten_files(flatten *f, const char *const **files);

#endif
