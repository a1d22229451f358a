/* The driver's view of a compiler command line: a list of arguments, each an option (with its
 * separate value, if it takes one), or an input file with its language, and what they ask for.
 *
 * What is not known here is kept as an option without a value, in its place: the compiler judges it.
 */
#ifndef TINECC_CMDLINE_H
#define TINECC_CMDLINE_H

#include "mem.h"
#include "scan.h"

#include <stdbool.h>

enum arg_kind {
    ARG_OPTION,
    ARG_INPUT,  /* a file, or "-" */
    ARG_OUTPUT, /* -o FILE */
    ARG_LANG,   /* -x LANGUAGE */
    ARG_DEP,    /* -M family: kept for compiling, not handed to tine */
    ARG_BEHIND, /* for the assembler, or how the compiler does its work: not handed to tine */
    ARG_LINK,   /* for linking, or where to stop: not handed to tine */
};

/* How the compiler would treat an input. */
enum input_kind {
    IN_C,      /* C source: a candidate for translation */
    IN_SOURCE, /* anything else that is preprocessed */
    IN_DONE,   /* preprocessed already, or needs none: no header is looked for */
    IN_OTHER,  /* objects, libraries, linker scripts: straight to the linker */
};

struct arg {
    enum arg_kind kind;
    enum input_kind input; /* of an ARG_INPUT */
    const char *text;      /* the word, or the name of the option */
    const char *value;     /* the separate word after it, or null */
    const struct words *plain; /* the same in spellings that tine knows; null: as it is */
    const char *header;    /* of -include and -include-pch: what translated files include instead, or null */
};

/* What the compiler is asked to stop at. Sorted: of several flags, the greatest wins. */
enum action { ACT_LINK, ACT_COMPILE, ACT_ASSEMBLY, ACT_SYNTAX, ACT_PREPROCESS, ACT_DEPENDENCIES };

enum library { LIB_DEFAULT, LIB_STATIC, LIB_SHARED, LIB_NONE };

struct cmdline {
    struct words cc;      /* the compiler behind, the last word, and wrappers before it */
    struct words tine;    /* options for tine alone */
    struct words warnings; /* -w, -Werror, -Wno-error: for both */
    struct arg *args;     /* what is handed to the compiler, in order */
    size_t n, cap;
    size_t inputs;        /* how many of them are files */
    struct scan_paths paths;
    enum action action;
    enum library library; /* --tine-lib= */
    const char *output;   /* value of the last -o, or null */
    struct words dep_files; /* of -MF and -Wp,-MD,: gcc and clang choose by different rules */
    const char *prefix;   /* of -iwithprefix: value of the last -iprefix, or null */
    const char *pending;  /* an -Xpreprocessor option that waits for its value */
    const char *last_lang; /* the -x still in force at the end, or null */
    const char *json;     /* value of -MJ, or null */
    bool writes_deps;     /* -MD or -MMD */
    bool phony_deps;      /* -MP */
    bool verbose;         /* -v */
    bool dry;             /* -### */
    bool keep;            /* -save-temps */
    bool serial;          /* TINE_SERIAL is defined: nothing to translate */
    bool info_only;       /* --version, -print-...: no file is compiled */
    bool shared, relocatable, no_libs, statics; /* -shared, -r, -nostdlib..., -static */
    bool headers_only;    /* every input is a header, to be precompiled: nothing is linked */
    bool launcher;        /* --launcher: compile only, the build system links */
    bool check_only;      /* --check */
    bool response_file;   /* some words came from @FILE */
};

/* Reads argv[1..]. On misuse of tinecc's own options prints one line and exits with 2. */
void cmdline_read(struct cmdline *c, int argc, char **argv);

/* Is there a word for the compiler that begins with these letters? */
bool cmdline_has(const struct cmdline *c, const char *prefix);

#endif
