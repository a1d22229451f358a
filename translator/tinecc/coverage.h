/* Coverage by lines (gcov): what is counted is the user's code, none of the translator's or the headers'. */
#ifndef TINECC_COVERAGE_H
#define TINECC_COVERAGE_H

#include "cmdline.h"

/* If lines are to be counted, adds to the end of a command what leaves Tine's code out. `include` is the
 * directory of <tine.h>, or null where the compiler looks by itself. */
void coverage_add(struct words *w, const struct cmdline *c, bool clang, const char *include);

#endif
