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

void mapping_add(struct words *w, const struct cmdline *c, const char *generated,
                 const char *source, const char *dir)
{
    const char *debug = mapped(c, "debug", source), *macro = mapped(c, "macro", source);
    words_add(w, "-iquote");
    words_add(w, dir);
    /* Found beside the source, a header is x.h; found by -iquote it would be ./x.h. */
    if (!strcmp(dir, ".")) words_add(w, "-ffile-prefix-map=./=");
    words_add(w, mem_printf("-ffile-prefix-map=%s=%s", generated, debug));
    if (strcmp(debug, macro)) words_add(w, mem_printf("-fmacro-prefix-map=%s=%s", generated, macro));
}
