/* The planned model into edits of the buffer: helpers in front of each function, the words in it
 * replaced. docs/generated-code.md shows what comes out, by hand.
 *
 * Relies on plan, names, edits, lex, flatten (for places) and diag. */
#ifndef TINE_TRANSLATOR_EMIT_H
#define TINE_TRANSLATOR_EMIT_H

#include "flatten.h"
#include "lex.h"
#include "plan.h"

/* Adds to out the translated text. False: something cannot be written in C; it is in d. */
bool emit_unit(model *m, const lexer *text, flatten *flat, diags *d, str *out);

#endif
