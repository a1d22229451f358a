/* The names of what is generated. All begin with tine__, and say which function and line they come
 * from; where that is not enough, a letter follows. Relies on str. */
#ifndef TINE_TRANSLATOR_NAMES_H
#define TINE_TRANSLATOR_NAMES_H

#include "str.h"

/* Those given so far. All zero is empty. */
typedef struct names {
    char **items;
    size_t count, cap;
} names;

void names_free(names *n);

/* STEM_LINE, or with a letter behind it when that is taken: "fib_4", "fib_4b". What is no identifier
 * in stem is left out. Lives as long as n. */
const char *names_tag(names *n, const char *stem, unsigned line);

/* The name of a copy of a clone: fib__tine, fib__tine_2, ... (level from 0). To be freed. */
char *names_clone(const char *function, unsigned level);

#endif
