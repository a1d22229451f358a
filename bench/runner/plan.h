/* What can be measured: the programs of this build tree, read from the manifest that CMake wrote.
 *
 * Glossary
 *   program   a row of bench/programs.txt: fib, nqueens, ...
 *   system    serial, tine, libgomp, libomp, onetbb
 *   compiler  gcc, clang, gcc-O3, clang-O3
 *   binary    one program for one system made by one compiler
 *   size      parameters of a program: full, peers, tiny
 */
#ifndef RUNNER_PLAN_H
#define RUNNER_PLAN_H

#include <stdbool.h>
#include <stddef.h>

enum { PLAN_BINARIES = 512, PLAN_PROGRAMS = 64, PLAN_MISSING = 32 };

struct binary {
    char *program, *system, *compiler, *path;
};

struct program {
    char *name, *full, *peers, *tiny;
    int least_workers;
};

struct plan {
    struct program programs[PLAN_PROGRAMS];
    struct binary binaries[PLAN_BINARIES];
    char *missing[PLAN_MISSING]; /* "libomp clang reason": looked for and not found */
    size_t program_count, binary_count, missing_count;
};

/* Reads the manifest; prints what is wrong with it and returns false. */
bool plan_read(struct plan *plan, const char *path);

/* Adds a binary from elsewhere, "PROGRAM:SYSTEM:COMPILER:PATH"; it must print the line that
 * bench/common.h describes. false, with a message: not of that form, or no such program. */
bool plan_add(struct plan *plan, const char *text);
void plan_free(struct plan *plan);

const struct program *plan_program(const struct plan *plan, const char *name);
const struct binary *plan_binary(const struct plan *plan, const char *program, const char *system,
                                 const char *compiler);

/* The parameters of a program at a size: "full", "peers" or "tiny". */
const char *plan_size(const struct program *program, const char *size);

/* Whether a word is in a comma-separated list; NULL holds everything. */
bool plan_listed(const char *list, const char *word);

#endif
