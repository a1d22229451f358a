/* Running other programs, and a temporary directory that never outlives this one.
 *
 * Signals: INT, HUP, TERM and QUIT are handed to the running child; when it has ended, the temporary
 * directory is removed and the signal takes its course.
 */
#ifndef TINECC_PROC_H
#define TINECC_PROC_H

#include "mem.h"

/* Runs a command and waits. stdin_fd and stdout_fd: -1 to inherit. Gives its exit status, 128 + N if
 * signal N ended it, or -1 with a message said if it could not be started. Words too long for exec
 * travel in a response file, save those that are fixed. */
int proc_run(const struct words *command, int stdin_fd, int stdout_fd);

/* Becomes the command. Returns 1, with a message said, only if that fails. */
int proc_exec(const struct words *command);

/* Runs a command and gives the first line it prints, or null. Its stderr is dropped. */
char *proc_first_line(const struct words *command);

/* Makes this process's temporary directory. Its name is a function of `key` unless another process
 * works with the same key just now: paths that reach the compiler's output repeat from build to build,
 * so that caches behind the driver work. Exits with a message when there is no place. */
const char *temp_dir(const char *key);

/* A directory inside it. */
char *temp_subdir(size_t number);

/* A name of it that is the same in every process, by a descriptor that children inherit; where the
 * system has none, its own. */
const char *temp_dir_by_descriptor(void);

/* Removes it; done at exit as well. */
void temp_remove(void);

/* To be called once, first thing. */
void proc_setup(void);

#endif
