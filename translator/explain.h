/* --explain: what was chosen for each function and spawn site, and why. Relies on plan. */
#ifndef TINE_TRANSLATOR_EXPLAIN_H
#define TINE_TRANSLATOR_EXPLAIN_H

#include "flatten.h"
#include "lex.h"
#include "plan.h"

/* Where it goes. */
typedef struct explain_to {
    str *text;     /* a line each */
    diags *notes;  /* not NULL: notes among the diagnostics, and no text */
    flatten *flat; /* for their places */
} explain_to;

void explain_model(const explain_to *to, const model *m, const lexer *text);

#endif
