/* Files that the compiler writes beside its output: dependency rules, reports, text that is kept. Where they
 * name the generated file, the user's takes the place. */
#ifndef TINECC_SIDES_H
#define TINECC_SIDES_H

#include "job.h"

/* Options by which the compiler writes files beside the object that must outlive it? */
bool sides_must_stay(const struct cmdline *c);

/* The dependency files of all translated inputs, or of one. Gives the exit status. */
int sides_fix_deps(const struct job *j, const struct unit *only);

/* What else the compiler may have written with the generated file's name in it. Gives the exit status. */
int sides_fix_kept(const struct job *j);

#endif
