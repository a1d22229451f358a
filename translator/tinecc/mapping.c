/* See mapping.h. The compiler maps a name once; what the user's own -f*-prefix-map options would make of
 * the source's name therefore has to be in our mapping already. */
#include "mapping.h"

#include <string.h>

static bool starts(const char *s, const char *prefix)
{
    return !strncmp(s, prefix, strlen(prefix));
}

/* What the last of the user's mappings that fits makes of a name. `kind` is that of -fKIND-prefix-map;
 * -ffile-prefix-map is of every kind. */
static const char *mapped(const struct cmdline *c, const char *kind, const char *name)
{
    const char *own = mem_printf("-f%s-prefix-map=", kind);
    for (size_t i = c->n; i-- > 0;) {
        const char *map = c->args[i].text;
        if (starts(map, own)) map += strlen(own);
        else if (starts(map, "-ffile-prefix-map=")) map += strlen("-ffile-prefix-map=");
        else continue;
        size_t n = strcspn(map, "=");
        if (map[n] && !strncmp(name, map, n)) return mem_printf("%s%s", map + n + 1, name + n);
    }
    return name;
}

/* The option that maps the generated file to `name`. If both end in `tail` the map is of what stands
 * before it: gcc takes the last '=' for the end of the left side, some clang the first, and so neither
 * side may hold one. */
static char *map_option(const char *kind, const char *generated, const char *tail, const char *name)
{
    size_t n = strlen(name), tail_n = strlen(tail);
    if (n < tail_n || strcmp(name + n - tail_n, tail))
        return mem_printf("-f%s-prefix-map=%s=%s", kind, generated, name);
    return mem_printf("-f%s-prefix-map=%.*s=%.*s", kind, (int)(tail - generated), generated,
                      (int)(n - tail_n), name);
}

static void add_maps(struct words *w, const struct cmdline *c, const char *from, const char *tail,
                     const char *name)
{
    const char *debug = mapped(c, "debug", name), *macro = mapped(c, "macro", name);
    words_add(w, map_option("file", from, tail, debug));
    if (strcmp(debug, macro)) words_add(w, map_option("macro", from, tail, macro));
}

void mapping_add(struct words *w, const struct cmdline *c, const char *generated, const char *tail,
                 const char *source)
{
    add_maps(w, c, generated, tail, source);
}

/* Was it found in a directory of -I ./DIR and the like, whose name it has for gcc too? */
static bool in_named_directory(const struct words *dirs, const char *name)
{
    for (size_t i = 0; i < dirs->n; i++) {
        size_t n = strlen(dirs->v[i]);
        while (n && dirs->v[i][n - 1] == '/') n--;
        if (n > 2 && !strncmp(name, dirs->v[i], n) && name[n] == '/') return true;
    }
    return false;
}

/* libclang's names, for gcc: the header beside m.c is x.h if found beside it, ./x.h if by -iquote. */
void mapping_add_headers(struct words *w, const struct cmdline *c, const struct words *headers)
{
    const struct scan_paths *p = &c->paths;
    for (size_t i = 0; i < headers->n; i++) {
        const char *name = headers->v[i];
        if (strchr(name, '=') || in_named_directory(&p->plain, name)
            || in_named_directory(&p->quote, name) || in_named_directory(&p->system, name))
            continue;
        if (starts(name, "./")) name += 2;
        if (*name == '/' || *name == '.') continue;
        char *found = mem_printf("./%s", name);
        add_maps(w, c, found, found + strlen(found), name);
    }
}
