/* Reads the manifest of the build tree: lines
 *   size PROGRAM full|peers|tiny PARAMETERS
 *   workers PROGRAM LEAST
 *   binary PROGRAM SYSTEM COMPILER PATH
 *   missing SYSTEM COMPILER REASON */
#include "plan.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *copy(const char *text)
{
    char *duplicate = strdup(text);
    if (duplicate == NULL)
        abort();
    return duplicate;
}

const struct program *plan_program(const struct plan *plan, const char *name)
{
    for (size_t i = 0; i < plan->program_count; i++)
        if (strcmp(plan->programs[i].name, name) == 0)
            return &plan->programs[i];
    return NULL;
}

const struct binary *plan_binary(const struct plan *plan, const char *program, const char *system,
                                 const char *compiler)
{
    for (size_t i = 0; i < plan->binary_count; i++) {
        const struct binary *b = &plan->binaries[i];
        if (strcmp(b->program, program) == 0 && strcmp(b->system, system) == 0 &&
            strcmp(b->compiler, compiler) == 0)
            return b;
    }
    return NULL;
}

const char *plan_size(const struct program *program, const char *size)
{
    if (strcmp(size, "tiny") == 0)
        return program->tiny;
    if (strcmp(size, "peers") == 0 && *program->peers != '\0')
        return program->peers;
    return program->full;
}

bool plan_listed(const char *list, const char *word)
{
    if (list == NULL)
        return true;
    size_t length = strlen(word);
    for (const char *at = list; *at != '\0';) {
        size_t item = strcspn(at, ",");
        if (item == length && strncmp(at, word, length) == 0)
            return true;
        at += item + (at[item] == ',');
    }
    return false;
}

/* Cuts the next blank-separated word off a line; the line goes on behind it. */
static char *word(char **line)
{
    char *start = *line + strspn(*line, " ");
    char *end = start + strcspn(start, " ");
    *line = *end == '\0' ? end : end + 1;
    *end = '\0';
    return start;
}

/* The entry of a program, made when it is the first mention; NULL: no room. */
static struct program *enter(struct plan *plan, const char *name)
{
    for (size_t i = 0; i < plan->program_count; i++)
        if (strcmp(plan->programs[i].name, name) == 0)
            return &plan->programs[i];
    if (plan->program_count == PLAN_PROGRAMS)
        return NULL;
    struct program *p = &plan->programs[plan->program_count++];
    p->name = copy(name);
    p->full = copy("");
    p->peers = copy("");
    p->tiny = copy("");
    p->least_workers = 1;
    return p;
}

static bool read_workers(struct plan *plan, char *rest)
{
    struct program *p = enter(plan, word(&rest));
    if (p == NULL)
        return false;
    p->least_workers = atoi(rest);
    return p->least_workers >= 1;
}

static bool read_size(struct plan *plan, char *rest)
{
    struct program *p = enter(plan, word(&rest));
    char *size = word(&rest);
    if (p == NULL)
        return false;
    char **field = strcmp(size, "full") == 0    ? &p->full
                   : strcmp(size, "peers") == 0 ? &p->peers
                   : strcmp(size, "tiny") == 0  ? &p->tiny
                                                : NULL;
    if (field == NULL)
        return false;
    free(*field);
    *field = copy(rest + strspn(rest, " "));
    return true;
}

static bool read_binary(struct plan *plan, char *rest)
{
    if (plan->binary_count == PLAN_BINARIES)
        return false;
    struct binary *b = &plan->binaries[plan->binary_count];
    b->program = copy(word(&rest));
    b->system = copy(word(&rest));
    b->compiler = copy(word(&rest));
    b->path = copy(rest);
    plan->binary_count++;
    return *b->path != '\0' && plan_program(plan, b->program) != NULL;
}

bool plan_add(struct plan *plan, const char *text)
{
    char *line = copy(text);
    int colons = 0;
    for (char *at = line; *at != '\0' && colons < 3; at++)
        if (*at == ':') {
            *at = ' ';
            colons++;
        }
    bool ok = colons == 3 && strchr(text, ' ') == NULL && read_binary(plan, line);
    if (!ok)
        fprintf(stderr, "bench: --add=%s: not PROGRAM:SYSTEM:COMPILER:PATH of a program that "
                        "--list shows\n", text);
    free(line);
    return ok;
}

static bool read_line(struct plan *plan, char *line)
{
    char *kind = word(&line);
    if (strcmp(kind, "size") == 0)
        return read_size(plan, line);
    if (strcmp(kind, "workers") == 0)
        return read_workers(plan, line);
    if (strcmp(kind, "binary") == 0)
        return read_binary(plan, line);
    if (strcmp(kind, "missing") == 0 && plan->missing_count < PLAN_MISSING) {
        plan->missing[plan->missing_count++] = copy(line);
        return true;
    }
    return *kind == '\0';
}

bool plan_read(struct plan *plan, const char *path)
{
    char line[4096];
    int number = 0;
    memset(plan, 0, sizeof *plan);
    FILE *f = fopen(path, "r");
    if (f == NULL) {
        fprintf(stderr, "bench: %s: %s\n", path, strerror(errno));
        return false;
    }
    bool ok = true;
    while (ok && fgets(line, sizeof line, f) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        number++;
        ok = read_line(plan, line);
    }
    if (!ok)
        fprintf(stderr, "bench: %s:%d: bad line in the manifest\n", path, number);
    fclose(f);
    return ok;
}

void plan_free(struct plan *plan)
{
    for (size_t i = 0; i < plan->program_count; i++) {
        struct program *p = &plan->programs[i];
        free(p->name);
        free(p->full);
        free(p->peers);
        free(p->tiny);
    }
    for (size_t i = 0; i < plan->binary_count; i++) {
        struct binary *b = &plan->binaries[i];
        free(b->program);
        free(b->system);
        free(b->compiler);
        free(b->path);
    }
    for (size_t i = 0; i < plan->missing_count; i++)
        free(plan->missing[i]);
}
