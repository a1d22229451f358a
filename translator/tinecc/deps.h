/* Make-style dependency files: the compiler wrote what it read, the generated file among it; the build
 * system must see the user's file instead, and whatever the translator read besides. */
#ifndef TINECC_DEPS_H
#define TINECC_DEPS_H

#include "mem.h"

#include <stdbool.h>

/* Rewrites the file at `path` if it names `generated`: `source` takes its place, or nothing for "<stdin>",
 * and those of `more` that are not prerequisites yet follow it, each with a rule of its own if `phony` (-MP).
 * True if it was rewritten or does not name it; false with a message said if it cannot be written. *found
 * says whether it named it. */
bool deps_fix(const char *path, const char *generated, const char *source,
              const struct words *more, bool phony, bool *found);

/* Adds the prerequisites of the first rule in the file at `path` to `out`. */
void deps_read(const char *path, struct words *out);

#endif
