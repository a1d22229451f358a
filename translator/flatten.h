/* Makes every Tine word stand literally in the main file's text.
 *
 * A word may come out of a user macro, or stand in a function that an included header defines. Here
 * such a macro invocation is replaced by its expansion, and such an #include by the header's text
 * between #line directives, in memory, before libclang sees the text. Lines stay: an expansion
 * takes one line, and the newlines of the invocation follow it. So do the parts of a spawned call
 * before its arguments, which the translator must find literally.
 *
 * Relies on expand, flatmap, scan, source, diag, options. */
#ifndef TINE_TRANSLATOR_FLATTEN_H
#define TINE_TRANSLATOR_FLATTEN_H

#include "options.h"
#include "scan.h"

typedef struct flatten flatten;

/* main, s: the user's file and the look at it; both must live as long as the result. Where nothing
 * is to be done, the text is main's own. NULL: an error was added to d. */
flatten *flatten_main(source *main, scan *s, const options *o, diags *d);
/* Whether the file is serial by a TINE_SERIAL of its own: asked of the preprocessor where the scan
 * saw one. */
bool flatten_is_serial(const source *main, scan *s, const options *o, diags *d);
void flatten_free(flatten *f);

/* The text for libclang and for the edits. */
source *flatten_text(flatten *f);

/* Where in the user's files a range of the text comes from: inside an expansion, the invocation.
 * #line directives of the user's are heeded. */
diag_place flatten_place(flatten *f, size_t begin, size_t end);

/* Files whose text was taken in: for depfiles, since libclang does not see them any more. The names
 * are borrowed. */
size_t flatten_files(flatten *f, const char *const **files);

#endif
