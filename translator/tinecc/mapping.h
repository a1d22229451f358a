/* The options by which the compiler names the user's file where it would name the generated one. */
#ifndef TINECC_MAPPING_H
#define TINECC_MAPPING_H

#include "cmdline.h"

/* Adds them to the end of a command, where they come before the user's own: `generated`, which ends in
 * `tail`, stands for `source`. */
void mapping_add(struct words *w, const struct cmdline *c, const char *generated, const char *tail,
                 const char *source);

/* The same for headers beside a source without a directory, which -iquote . finds. For gcc: clang calls
 * them ./x.h however they are found. */
void mapping_add_headers(struct words *w, const struct cmdline *c, const struct words *headers);

#endif
