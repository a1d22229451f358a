/* Checks the model: who owns each handle, where its task may still run, what spawned calls do.
 *
 * Relies on model, flatten (for places) and diag. Errors are what is wrong on every path that leads
 * to a point; where nothing can be proved, nothing is said, and the runtime's check answers.
 *
 * Also fills what model.h marks "check:", for the plan. */
#ifndef TINE_TRANSLATOR_CHECK_H
#define TINE_TRANSLATOR_CHECK_H

#include "flatten.h"
#include "model.h"

/* False: an error was added to d. Can be called although the harvest found errors. */
bool check_unit(model *m, flatten *flat, diags *d);

#endif
