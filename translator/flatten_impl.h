/* What the files of flatten share. */
#ifndef TINE_TRANSLATOR_FLATTEN_IMPL_H
#define TINE_TRANSLATOR_FLATTEN_IMPL_H

#include "flatmap.h"
#include "flatten.h"

struct flatten {
    source *main;
    scan *scan;
    diags *diags;
    bool changed;
    flatmap map;  /* changed: what text is made of */
    source text;
    bool *taken;  /* by file: whether its text replaces the #include of it */
    const char **files; /* names of those that were */
    source **sources;
    size_t file_count, file_cap, source_cap;
};

/* Fills the map with the main file's text and that of the headers that must be taken in. */
void flatten_take_headers(flatten *f);

/* Whether there is a directive in these files of which it is not known what it says; then the map,
 * with markers, is sent through the preprocessor, which knows. False: it found errors. */
bool flatten_is_uncertain(flatten *f);
bool flatten_ask(flatten *f, const options *o, diags *d);

/* A range of a file as a diagnostic names it. */
diag_place flatten_place_in(flatten *f, size_t file, size_t begin, size_t end);

/* What the line of offset in a file is called by #line directives before it. */
unsigned flatten_line(flatten *f, size_t file, size_t offset, const char **name);

#endif
