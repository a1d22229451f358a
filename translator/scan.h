/* A quick look at a translation unit without preprocessing it: does it have Tine words, and where
 * may they come from? Decides whether it must be parsed at all, and what must be flattened.
 *
 * Relies on pplex, words, source, strmap. Comments, strings and character constants are skipped;
 * line splices, trigraphs and a byte order mark are understood. #if is not evaluated: every branch
 * counts, so every answer errs on the side of "yes, perhaps". Headers of the user are read where
 * the flags lead to them; system headers only when a question needs them. */
#ifndef TINE_TRANSLATOR_SCAN_H
#define TINE_TRANSLATOR_SCAN_H

#include <stdint.h>
#include <sys/types.h>

#include "source.h"

typedef struct scan scan;

/* An #include directive. */
typedef struct scan_include {
    size_t begin, end; /* from # to the end of the logical line */
    size_t arguments;  /* where they begin */
    size_t if_depth;   /* how many #if are open */
    size_t file;       /* the file it leads to, or SCAN_NOWHERE */
    bool by_macro;     /* names no header itself */
    bool uncertain;    /* by_macro, and not one header: flatten asks the preprocessor */
} scan_include;

#define SCAN_NOWHERE SIZE_MAX

/* A #line directive: what the line behind it is called. */
typedef struct scan_line {
    size_t begin, end; /* of the directive */
    size_t arguments;  /* where they begin */
    unsigned line;
    char *name;     /* NULL: as before */
    bool uncertain; /* in an #if, or a macro's to say: flatten asks the preprocessor */
    bool inactive;  /* not compiled */
} scan_line;

/* Where an #else, an #elif or an #endif ends; how many #if are open before it. */
typedef struct scan_branch {
    size_t end;
    size_t depth;
    bool closes;
} scan_branch;

/* What means something else in the main file's text than in a header. */
enum scan_special_kind {
    SCAN_ONCE,          /* #pragma once */
    SCAN_SYSTEM_HEADER, /* #pragma GCC system_header */
    SCAN_HAS_INCLUDE,   /* __has_include("name"), __has_include_next(<name>) */
    SCAN_LEVEL          /* __INCLUDE_LEVEL__, outside of #define */
};

typedef struct scan_special {
    enum scan_special_kind kind;
    size_t begin, end;
    view name; /* SCAN_HAS_INCLUDE; empty: a macro's to say */
    bool angled, next;
} scan_special;

/* A file of the unit.  path == root + "/" + spelled, or spelled where root is empty */
typedef struct scan_file {
    source text;
    char *path;    /* as the compiler names it */
    char *root;    /* the directory it was looked for in */
    char *spelled; /* its name from there */
    dev_t device;
    ino_t inode;
    bool system;
    bool pragma_once;
    bool code; /* has words that are not types alone, outside of directives */
    scan_include *includes;
    size_t include_count, include_cap;
    scan_line *lines;
    size_t line_count, line_cap;
    scan_branch *branches;
    size_t branch_count, branch_cap;
    bool was_read;
    size_t if_depth; /* while it is read */
    scan_special *specials; /* of the user's files, in ascending order */
    size_t special_count, special_cap;
} scan_file;

/* Looks through text and what it includes. path: of the main file, for "..." includes; flags: the
 * compiler's (-I, -iquote, -isystem, -include, -D, -std and the like are heeded), NULL at the end.
 */
scan *scan_unit(const char *path, const char *text, size_t len, const char *const *flags);
void scan_free(scan *s);

/* Whether the translation unit may have Tine words: one stands in it, or may be pasted together in
 * it, and <tine.h> is within reach. */
bool scan_has_words(const scan *s);

/* ---- for flatten -------------------------------------------------------------------------------- */

size_t scan_file_count(const scan *s);
scan_file *scan_file_at(const scan *s, size_t index); /* 0: the main file; its text is borrowed */
bool scan_trigraphs(const scan *s);
bool scan_counts(const scan *s); /* whether __COUNTER__ is mentioned */

bool scan_level_in_macro(const scan *s); /* whether a #define mentions __INCLUDE_LEVEL__ */

/* Whether a file of that name lies beside a file, or where -iquote says; and whether #include_next
 * in a file leads anywhere. */
bool scan_beside(const scan_file *from, view name);
bool scan_in_quote_dirs(const scan *s, view name);
bool scan_has_next(const scan *s, const scan_file *from, view name, bool angled);

/* Whether #include "spelled" in the main file leads to that file. */
bool scan_leads_to(const scan *s, const char *spelled, const scan_file *file);

/* What an #include by a macro turned out to name. */
void scan_resolve(scan *s, size_t file, size_t include, view name, bool angled);

/* What a string literal says; escapes other than of quotes and backslashes stay. To be freed. */
char *scan_unquoted(view literal);

enum scan_macro {
    SCAN_MACRO = 1,      /* some #define has this name */
    SCAN_SUSPICIOUS = 2, /* its expansion may have Tine words */
    SCAN_PASTING = 4,    /* it may paste its arguments */
    SCAN_SYSTEM = 8      /* by a system header alone, or perhaps so */
};

/* Who is asked: the user's files alone; system headers too; these, and where one of them was not
 * found, any name counts as a macro. */
enum scan_asked { SCAN_USER, SCAN_ALL, SCAN_PERHAPS };

/* What a name may be as a macro; 0: none. */
unsigned scan_macro(scan *s, view name, enum scan_asked asked);

/* Whether any macro is suspicious, or any file but the main one has code. */
bool scan_any_suspicious(const scan *s);
bool scan_any_code(const scan *s);

#endif
