/* The options by which the compiler names the user's file where it would name the generated one. */
#ifndef TINECC_MAPPING_H
#define TINECC_MAPPING_H

#include "cmdline.h"

/* Adds them to a command: `generated` stands for `source`, which lies in the directory `dir`. */
void mapping_add(struct words *w, const struct cmdline *c, const char *generated,
                 const char *source, const char *dir);

#endif
