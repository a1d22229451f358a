/* Text put together from pieces of the user's files, which remembers where each piece is from.
 *
 * Relies on str. */
#ifndef TINE_TRANSLATOR_FLATMAP_H
#define TINE_TRANSLATOR_FLATMAP_H

#include "str.h"

/* A run of bytes of the text.  piece[i] spans [piece[i].at, piece[i + 1].at)
 *   verbatim:  byte at + k of the text is byte begin + k of the file;  end - begin == its length
 *   else:      the whole stands for [begin, end) of the file */
typedef struct flat_piece {
    size_t at;
    size_t file;
    size_t begin, end;
    bool verbatim;
} flat_piece;

typedef struct flatmap {
    str text;
    flat_piece *pieces;
    size_t count, cap;
} flatmap;

void flatmap_free(flatmap *m);

/* Bytes [begin, end) of a file, as they are. */
void flatmap_copy(flatmap *m, size_t file, const char *text, size_t begin, size_t end);
/* New text that stands for [begin, end) of a file. */
void flatmap_put(flatmap *m, size_t file, size_t begin, size_t end, view text);
/* Bytes [begin, end) of another map's text. */
void flatmap_slice(flatmap *m, const flatmap *from, size_t begin, size_t end);

/* The piece that byte pos of the text belongs to (the last one for the end of the text). count > 0.
 */
const flat_piece *flatmap_find(const flatmap *m, size_t pos);

/* Where [begin, end) of the text is from: in one file; a part of new text is all it stands for. */
void flatmap_origin(const flatmap *m, size_t begin, size_t end, size_t *file, size_t *from,
                    size_t *to);

#endif
