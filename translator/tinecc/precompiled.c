/* See precompiled.h. */
#include "precompiled.h"

#include "files.h"

#include <stdlib.h>
#include <string.h>

static const char *note_of(const char *precompiled)
{
    return mem_printf("%s.tine", precompiled);
}

/* Is the precompiled file found where the header is? Then the header is found as well. */
static bool is_beside(const char *precompiled, const char *header)
{
    const char *suffix = path_suffix(precompiled);
    char *same = mem_copy(precompiled, strlen(precompiled) - strlen(suffix));
    return !strcmp(suffix, ".gch") && file_exists(same) && file_same(same, header);
}

void precompiled_note(const struct cmdline *c)
{
    const char *header = NULL;
    if (!c->headers_only || c->inputs != 1 || !c->output || c->dry || c->action > ACT_COMPILE) return;
    for (size_t i = 0; i < c->n; i++)
        if (c->args[i].kind == ARG_INPUT) header = c->args[i].text;
    if (strcmp(path_suffix(c->output), ".gch") && strcmp(path_suffix(c->output), ".pch")) return;
    char *real = realpath(header, NULL);
    if (real && !is_beside(c->output, header)) file_write(note_of(c->output), real, strlen(real));
    free(real);
}

/* What the note beside a precompiled file says, or null: no note, or the header has gone. */
static char *noted(const char *precompiled)
{
    struct bytes text;
    return file_read(note_of(precompiled), &text) && file_exists(text.p) ? text.p : NULL;
}

/* The same for a header that would be found in `dir`; *found says that it is there itself. */
static char *noted_in(const char *dir, const char *name, bool *found)
{
    char *path = path_join(dir, name);
    *found = file_exists(path);
    return *found ? NULL : noted(mem_printf("%s.gch", path));
}

static char *noted_below(const struct words *dirs, const char *name, bool *found)
{
    char *header = NULL;
    for (size_t i = 0; i < dirs->n && !header && !*found; i++)
        header = noted_in(dirs->v[i], name, found);
    return header;
}

/* In the order in which -include looks. */
static char *header_of_include(const struct cmdline *c, const char *name)
{
    bool found = false;
    if (*name == '/') return noted_in("", name, &found);
    char *header = noted_in(".", name, &found);
    if (!header && !found) header = noted_below(&c->paths.quote, name, &found);
    if (!header && !found) header = noted_below(&c->paths.plain, name, &found);
    if (!header && !found) header = noted_below(&c->paths.system, name, &found);
    return header;
}

/* The scan for words reads the header, too. */
static void force(struct cmdline *c, const char *name, char *header)
{
    for (size_t i = 0; i < c->paths.forced.n; i++) {
        if (strcmp(c->paths.forced.v[i], name)) continue;
        c->paths.forced.v[i] = header;
        return;
    }
    words_add(&c->paths.forced, header);
}

void precompiled_find(struct cmdline *c)
{
    for (size_t i = 0; i < c->n; i++) {
        struct arg *a = &c->args[i];
        bool plain = a->plain && a->plain->n == 2;
        const char *option = plain ? a->plain->v[0] : a->text;
        const char *value = plain ? a->plain->v[1] : a->value;
        if (!value || a->kind != ARG_OPTION) continue;
        if (!strcmp(option, "-include")) a->header = header_of_include(c, value);
        else if (!strcmp(option, "-include-pch")) a->header = noted(value);
        if (a->header) force(c, value, (char *)a->header);
    }
}
