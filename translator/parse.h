/* Runs libclang over the buffer, and finds the Tine words in it.
 *
 * Relies on options, source, flatten and diag. With harvest, the only part that sees clang-c. */
#ifndef TINE_TRANSLATOR_PARSE_H
#define TINE_TRANSLATOR_PARSE_H

#include <clang-c/Index.h>

#include "flatten.h"
#include "lex.h"
#include "options.h"

typedef enum word_kind {
    WORD_NONE,
    WORD_FLOWVAR,
    WORD_PENDING,
    WORD_SPAWN,
    WORD_SPAWN_ON,
    WORD_SUBMIT,
    WORD_SUBMIT_ON,
    WORD_SYNC,
    WORD_WAIT_FOR,
    WORD_IS_SPAWNED,
    WORD_IS_SUBMITTED,
    WORD_IS_READY,
    WORD_MOVE,
    WORD_SYNC_SCOPE,
    WORD_SYNC_SCOPE_ON
} word_kind;

/* A Tine word in the buffer that the preprocessor expanded.
 *   words[i].begin < words[i + 1].begin;  begin < end <= lparen < rparen where there is a list */
typedef struct word {
    word_kind kind;
    size_t begin, end;     /* the name */
    size_t lparen, rparen; /* its argument list; SIZE_MAX: none */
    void *site;            /* harvest: the spawn, use or scope made of it */
    bool seen;             /* harvest: met in the tree */
    bool is_reported;      /* its operand is wrong, and that was said */
} word;

/* A function-like macro that is used in the buffer. */
typedef struct expansion {
    size_t begin, end;
} expansion;

typedef struct unit {
    CXIndex index;
    CXTranslationUnit tu;
    CXFile file;     /* the buffer */
    lexer lex;       /* of its text */
    source *text;
    flatten *flat;
    diags *diags;
    word *words;
    size_t word_count, word_cap;
    expansion *expansions; /* of the user's function-like macros, sorted by their begin */
    size_t expansion_count, expansion_cap;
    size_t *counters; /* offsets where __COUNTER__ was expanded */
    size_t counter_count, counter_cap;
    char **files;     /* what was read, main file first, for depfiles */
    size_t file_count, file_cap;
    bool *system;     /* files[i] is a system header */
    size_t system_cap;
    bool is_whole;    /* the tree is whole but for operands of words that were reported */
} unit;

/* False: there were errors (they are in d). u must be freed in any case. */
bool parse_unit(unit *u, flatten *f, const options *o, diags *d);
void parse_free(unit *u);

/* The word that begins at offset, or NULL; the first one at or behind it. */
word *parse_word_at(const unit *u, size_t offset);
size_t parse_first_word(const unit *u, size_t offset);

/* Whether an offset lies in the arguments of a macro: a comma there would be the macro's. */
bool parse_in_macro(const unit *u, size_t offset);

/* Whether a macro is expanded in a stretch of the buffer. */
bool parse_has_macro(const unit *u, size_t begin, size_t end);

/* Where a location is: true when it is in the buffer. A place inside a macro's own body counts as
 * where the macro is used, one inside a macro's argument as where the argument is written. */
bool parse_offset(const unit *u, CXSourceLocation location, size_t *offset);

/* The extent of a cursor. False when it does not begin in the buffer. */
bool parse_extent(const unit *u, CXCursor cursor, size_t *begin, size_t *end);

diag_place parse_place(const unit *u, size_t begin, size_t end);

#endif
