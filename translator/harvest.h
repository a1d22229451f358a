/* Reads clang's tree into the model.
 *
 * Relies on parse and model. The only part, with parse, that sees clang-c. */
#ifndef TINE_TRANSLATOR_HARVEST_H
#define TINE_TRANSLATOR_HARVEST_H

#include "model.h"
#include "parse.h"

/* Fills the model with the functions of the buffer that hold a Tine word or touch a flowvar. What
 * is no Tine at all (operand that is not a call, ...) is reported; false when there was an error. */
bool harvest_unit(unit *u, model *m);

#endif
