/* Files: their bytes, their lines, and writing them whole or not at all.
 *
 * Relies on str. Offsets count bytes from 0, lines and columns (in bytes) from 1, as compilers do.
 * A line ends with \n, \r\n or a lone \r; all three are kept in the text. */
#ifndef TINE_TRANSLATOR_SOURCE_H
#define TINE_TRANSLATOR_SOURCE_H

#include "str.h"

/* The bytes of one file.
 *   text[len] == '\0';  lines[i] = offset of line i + 1;  lines[0] == 0 */
typedef struct source {
    char *name; /* as the user wrote it; "<stdin>" for "-" */
    char *text;
    size_t len;
    size_t *lines; /* made by source_line and the like at first need */
    size_t line_count;
} source;

/* Reads a file, "-" for standard input. False: *error says why in one line ("cannot read 'x.c': No
 * such file or directory"; to be freed), and s is all zero. A directory, or more than 2 GiB, is an
 * error. */
bool source_read(source *s, const char *path, char **error);

/* Takes text (from malloc, text[len] == '\0') as if it had been read from a file of that name. */
void source_of_text(source *s, const char *name, char *text, size_t len);
void source_free(source *s);

size_t source_line_count(source *s);
unsigned source_line(source *s, size_t offset);
unsigned source_column(source *s, size_t offset);
/* The offset of a place; beyond the line's end: the line's end; beyond the last line: len. */
size_t source_offset(source *s, unsigned line, unsigned column);
/* A line without its end; empty for one that is not there. */
view source_line_text(source *s, unsigned line);

/* Adds '#line 7 "name"' and a newline. */
void source_line_directive(str *out, unsigned line, const char *name);
/* Adds '# 7 "name" 1', which enters a header, or 2, which comes back from one; and a newline. */
void source_line_marker(str *out, unsigned line, const char *name, unsigned flag);

/* A file to write. */
typedef struct source_output {
    const char *path;
    const char *bytes;
    size_t len;
} source_output;

enum { SOURCE_OUTPUTS = 2 }; /* at most, together */

/* Writes files so that at every moment each has its old bytes or all of the new ones, and that none
 * is changed when another one cannot be: temporary files beside them, then rename. A signal that
 * ends the program removes the temporary files. What is no regular file (a terminal, /dev/null, a
 * pipe) and "-" are written in place. False: *error says why; nothing is left behind. */
bool source_write(const source_output *files, size_t count, char **error);

#endif
