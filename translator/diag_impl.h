/* What the files of diag share: how diagnostics are kept, and what the printers may ask. */
#ifndef TINE_TRANSLATOR_DIAG_IMPL_H
#define TINE_TRANSLATOR_DIAG_IMPL_H

#include "diag.h"

typedef struct diag_fix {
    diag_place where;
    char *text;
} diag_fix;

/* A diagnostic, or a note of one. */
typedef struct diag_message {
    enum diag_severity severity;
    int id;          /* enum diag_id, or -1 */
    bool promoted;   /* a warning made an error by -Werror */
    char *option;    /* the flag without -W, or NULL */
    diag_place where;
    char *text;
    diag_place *ranges;
    size_t range_count, range_cap;
    diag_fix *fixes;
    size_t fix_count, fix_cap;
    struct diag_message *notes;
    size_t note_count, note_cap;
    unsigned order; /* of adding: what sorting keeps for equal places */
    unsigned rank;  /* of the file, for sorting */
} diag_message;

/* What a -W flag says of a warning. */
enum diag_wish { WISH_NONE, WISH_NO, WISH_YES };

struct diags {
    diag_message *items;
    size_t count, cap;
    bool last_ignored;
    char **names; /* interned; the order in which files were first named */
    size_t name_count, name_cap;
    source **sources; /* borrowed */
    size_t source_count, source_cap;
    source *read; /* read from the disk for quoting; text NULL where that failed */
    size_t read_count, read_cap;

    char **unknown; /* flags that name nothing, until diags_flags_end */
    size_t unknown_count, unknown_cap;
    bool all_off;                    /* -w */
    enum diag_wish everything_error; /* -Werror */
    enum diag_wish enabled[DIAG_COUNT], error[DIAG_COUNT];
};

/* The source of a file for quoting, or NULL. */
source *diags_source(diags *d, const char *file);

void diags_print_text(diags *d, FILE *out, bool color);
void diags_print_json(diags *d, FILE *out);
void diags_print_sarif(diags *d, FILE *out);

#endif
