/* Small file helpers of the driver: whole files in, whole files out, parts of path names. */
#ifndef TINECC_FILES_H
#define TINECC_FILES_H

#include <stdbool.h>
#include <stddef.h>

/* The bytes of a file, with a zero byte after them that does not count. */
struct bytes {
    char *p;
    size_t n;
};

/* Reads a whole file, or a whole open descriptor. False: errno says why. */
bool file_read(const char *path, struct bytes *out);
bool file_read_fd(int fd, struct bytes *out);

/* The same, and this process and its children can read it by that name afterwards, even if it is a pipe.
 * False also for a pipe that cannot be kept: it was not read. */
bool file_read_and_keep(const char *path, struct bytes *out);

/* Writes beside `path`, then renames: a reader never sees half a file. What is no plain file, such as a
 * link, is written to in its place. False: errno says why. */
bool file_write(const char *path, const char *p, size_t n);

/* Writes all of it to an open descriptor. False: errno says why. */
bool file_write_fd(int fd, const char *p, size_t n);

bool file_exists(const char *path);

/* Two names of one file? */
bool file_same(const char *a, const char *b);

/* The program `name` on the PATH that is not `except` (may be null); null if there is none. */
char *program_find(const char *name, const char *except);

/* "a/b.c" -> "a", "b.c" -> ".", "/b.c" -> "/". */
char *path_dir(const char *path);

/* "a/b.c" -> "b.c". Points into `path`. */
const char *path_base(const char *path);

/* "b.tar.gz" -> ".gz", "b" -> "". Points into `path`; a leading dot of the base name is no suffix. */
const char *path_suffix(const char *path);

/* "b.c", ".o" -> "b.o". */
char *path_with_suffix(const char *path, const char *suffix);

/* dir/name, without "./" in front when dir is ".". */
char *path_join(const char *dir, const char *name);

#endif
