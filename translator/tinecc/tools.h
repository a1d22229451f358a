/* Where everything is: the translator, the headers and the libraries, found from the driver's own
 * place, installed or in a build tree, and what is to be known of the compiler behind. */
#ifndef TINECC_TOOLS_H
#define TINECC_TOOLS_H

#include "cmdline.h"

struct tools {
    const char *tine;       /* the translator, or null */
    const char *include;    /* the directory of <tine.h>, or null where the compiler looks by itself */
    const char *static_lib; /* libtine.a, or null */
    const char *shared_lib; /* libtine.so, or null */
    bool clang;             /* the compiler is clang, by its name or what it is a link to */
    bool binary;            /* the compiler is no script */
    const char *machine;    /* target of a cross compiler, or null for this machine's own */
};

void tools_find(struct tools *t, const char *argv0);

/* Looks at the compiler behind: never this program itself, and whether it makes code for another
 * machine; then the libraries are that machine's. */
void tools_know_compiler(struct tools *t, struct cmdline *c);

#endif
