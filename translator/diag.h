/* Diagnostics: collected while the translator works, sorted and printed at its end.
 *
 * Relies on source and str. Severity follows the user's -W flags; text looks like clang's, JSON and
 * SARIF 2.1.0 are for tools. The table of names is diag_list.h. */
#ifndef TINE_TRANSLATOR_DIAG_H
#define TINE_TRANSLATOR_DIAG_H

#include <stdio.h>

#include "source.h"

enum diag_severity { DIAG_IGNORED, DIAG_NOTE, DIAG_WARNING, DIAG_ERROR };
enum diag_format { DIAG_TEXT, DIAG_JSON, DIAG_SARIF };

enum diag_id {
#define X(id, severity, name) DIAG_##id,
#include "diag_list.h"
#undef X
    DIAG_COUNT
};

/* A place in a file as the user names it; [column, end_column) is underlined. file NULL: no place.
 * end_line 0: the caret alone. Lines and columns from 1. */
typedef struct diag_place {
    const char *file; /* must live as long as the diags; diags_name keeps a copy */
    unsigned line, column;
    unsigned end_line, end_column;
} diag_place;

typedef struct diags diags;

diags *diags_new(void);
void diags_free(diags *d);

/* Keeps a copy of a name for as long as d lives; the same name gives the same pointer. */
const char *diags_name(diags *d, const char *name);

/* The text to quote for a file of that name; without it, it is read from the disk. Borrowed. */
void diags_use_source(diags *d, source *s);

/* A -W flag. True: it is Tine's alone (-Wtine..., -Wno-tine..., -Werror=tine...,
 * -Wno-error=tine...) and must not reach the compiler. -Werror, -Wno-error and -w are heeded, and
 * false. */
bool diags_flag(diags *d, const char *flag);

/* Behind the last flag: warns of those that name nothing, as all flags together say. */
void diags_flags_end(diags *d);

/* Adds one of Tine's diagnostics. The calls below it add to the diagnostic added last; they do
 * nothing when that one is ignored. Messages start in lower case and end without a full stop. */
void diag_add(diags *d, enum diag_id id, diag_place where, const char *format, ...)
    PRINTF_LIKE(4, 5);
/* Adds one that has no name in the table: the compiler's own, or one without a place. option: its
 * flag without -W, or NULL. */
void diag_add_plain(diags *d, enum diag_severity severity, const char *option, diag_place where,
                    const char *format, ...) PRINTF_LIKE(5, 6);
void diag_range(diags *d, diag_place where); /* one more underlined range */
void diag_note(diags *d, diag_place where, const char *format, ...) PRINTF_LIKE(3, 4);
/* Text that replaces the range (an empty range: an insertion) and certainly mends it. */
void diag_fixit(diags *d, diag_place where, const char *replacement);

size_t diags_errors(const diags *d);
size_t diags_warnings(const diags *d);
bool diags_enabled(const diags *d, enum diag_id id); /* whether adding it would show */

enum diag_color { DIAG_COLOR_AUTO, DIAG_COLOR_ALWAYS, DIAG_COLOR_NEVER };

/* Prints all: by file (in the order in which files were first named), line, column; the same
 * diagnostic twice is printed once. Text ends with clang's "1 warning and 2 errors generated.";
 * JSON and SARIF are one document, also when there is nothing to say. */
void diags_print(diags *d, FILE *out, enum diag_format format, enum diag_color color);

/* 1 with errors, else 0. */
int diags_status(const diags *d);

const char *diag_name(enum diag_id id); /* "double-sync" */
enum diag_severity diag_default_severity(enum diag_id id);

#endif
