/* Files of the compiler's in which the generated file is named: the user's name takes the place. */
#ifndef TINECC_RENAME_H
#define TINECC_RENAME_H

#include "files.h"

/* Preprocessed text with the line markers of `generated` naming `source`. */
struct bytes renamed_markers(const struct bytes *text, const char *generated, const char *source);

/* The same in the file at `path`, if there is one. */
void rename_in_markers(const char *path, const char *generated, const char *source);

/* In any other text, wherever it stands. */
void rename_in_text(const char *path, const char *generated, const char *source);

/* In a part of a compile database, as clang's -MJ writes it; the maps of `generated` are taken out. */
void rename_in_json(const char *path, const char *generated, const char *source);

#endif
