/* What the files of scan share: paths and directives in scan_files.c, text and macros in scan.c. */
#ifndef TINE_TRANSLATOR_SCAN_IMPL_H
#define TINE_TRANSLATOR_SCAN_IMPL_H

#include "pplex.h"
#include "scan.h"
#include "strmap.h"

typedef struct scan_dirs {
    char **items;
    size_t count, cap;
} scan_dirs;

/* One name that is defined somewhere; several #defines of it add up. */
typedef struct scan_define {
    unsigned flags;   /* enum scan_macro */
    bool fragment;    /* a fragment of a word in the body */
    size_t *mentions; /* names in the body, as indices of names */
    size_t mention_count, mention_cap;
    char **headers; /* bodies that may stand in an #include: "x.h", <x.h>, a macro's name */
    size_t header_count, header_cap;
} scan_define;

struct scan {
    scan_dirs quote, plain, system; /* -iquote; -I; -isystem and the usual ones */
    scan_file **files;              /* [0]: the main file */
    size_t file_count, file_cap;
    bool trigraphs;
    bool word; /* one stands somewhere, or may be pasted together */
    bool tine_h, paste, fragment, counter, level_in_macro; /* seen so far */

    strmap names; /* name -> index of defines */
    scan_define *defines;
    size_t define_count, define_cap;
    bool any_suspicious;

    bool system_read; /* whether system headers have been asked */
    bool lost;        /* some header was not found: any name may be a macro */
    strmap system_names;
};

/* Reads the flags. */
void scan_read_flags(scan *s, const char *const *flags);
/* The main file. */
void scan_add_main(scan *s, const char *path, const char *text, size_t len);
/* Follows the name of an #include in a file. Sets tine_h, lost. Adds the file if it is new. */
size_t scan_follow(scan *s, const scan_file *from, view name, bool angled, bool next);
/* Records the definition in a #define, the lexer being behind "define". */
void scan_read_define(scan *s, pplex *l, bool system);
/* Reads a file's text: words, directives. */
void scan_read_file(scan *s, size_t index);

#endif
