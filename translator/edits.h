/* Position-based changes of a text: replacements of ranges, sorted and non-overlapping.
 *
 * Relies on str. A body that is copied for speed is rendered once per copy; what a change says may
 * differ from copy to copy, so a replacement has one text per level. */
#ifndef TINE_TRANSLATOR_EDITS_H
#define TINE_TRANSLATOR_EDITS_H

#include "str.h"

enum { EDITS_LEVELS = 4 };

typedef struct edit {
    size_t begin, end; /* begin == end: an insertion */
    int rank;          /* among insertions at one offset: lower ranks come first */
    size_t order;      /* of being added; decides between equal ranks */
    str text[EDITS_LEVELS]; /* data NULL: as the one before */
} edit;

/* items[i].end <= items[i + 1].begin, once sorted. */
typedef struct edits {
    edit *items;
    size_t count;
    size_t cap;
    bool sorted;
} edits;

void edits_free(edits *e);

/* Replaces [begin, end) by text in every level. Copies text. */
void edits_replace(edits *e, size_t begin, size_t end, const char *text);
/* The same with bytes that may hold NUL; takes them out of text. */
void edits_replace_str(edits *e, size_t begin, size_t end, str *text);
/* Inserts before the byte at offset; rank: see above (0 is usual). */
void edits_insert(edits *e, size_t offset, int rank, const char *text);
/* One text per level: takes the ownership of count texts (from malloc). */
void edits_replace_levels(edits *e, size_t begin, size_t end, char *const *texts, size_t count);

/* Adds to out the bytes [begin, end) of text with the changes that lie inside, for a level. False
 * when two changes overlap (a defect of the translator). */
bool edits_render(edits *e, str *out, const char *text, size_t begin, size_t end, size_t level);

#endif
