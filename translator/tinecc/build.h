/* From the model of the command line to commands: which inputs are translated, and how the compiler is
 * then called so that its output is what it would be for the user's own file. */
#ifndef TINECC_BUILD_H
#define TINECC_BUILD_H

#include "cmdline.h"
#include "tools.h"

/* Does all that was asked; gives the exit status. May not return (exec). */
int build(struct cmdline *c, const struct tools *t);

#endif
