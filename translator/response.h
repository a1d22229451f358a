/* @FILE on the command line: the words in FILE stand in its place, as for gcc and clang.
 *
 * Relies on source and str. */
#ifndef TINE_TRANSLATOR_RESPONSE_H
#define TINE_TRANSLATOR_RESPONSE_H

#include "str.h"

/* Words that belong to it.
 *   items[count] == NULL */
typedef struct arguments {
    char **items;
    size_t count;
    size_t cap;
} arguments;

/* argv with every @FILE replaced; one that cannot be read stays as it is. */
arguments response_expand(int argc, char **argv);

/* The text of a file for @FILE that holds these words. */
void response_text(str *out, char *const *words);

void response_free(arguments *a);

#endif
