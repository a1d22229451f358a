/* --explain: what was chosen for each function and spawn site, and why. Relies on plan. */
#ifndef TINE_TRANSLATOR_EXPLAIN_H
#define TINE_TRANSLATOR_EXPLAIN_H

#include "lex.h"
#include "plan.h"

void explain_model(str *out, const model *m, const lexer *text);

#endif
