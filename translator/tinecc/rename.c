/* See rename.h. What cannot be rewritten stays as the compiler left it. */
#include "rename.h"

#include "mem.h"

#include <stdbool.h>
#include <string.h>

/* The end of the line that begins at p, behind its newline if it has one. */
static const char *line_end_of(const char *p, const char *end)
{
    const char *newline = memchr(p, '\n', (size_t)(end - p));
    return newline ? newline + 1 : end;
}

struct bytes renamed_markers(const struct bytes *text, const char *generated, const char *source)
{
    size_t gn = strlen(generated), sn = strlen(source);
    char *out = mem_alloc(text->n + (text->n / (gn + 3) + 1) * sn + 1), *o = out;
    const char *p = text->p, *end = text->p + text->n;
    while (p < end) {
        const char *line_end = line_end_of(p, end);
        const char *quote = *p == '#' ? memchr(p, '"', (size_t)(line_end - p)) : NULL;
        if (quote && (size_t)(line_end - quote) > gn + 1 && !memcmp(quote + 1, generated, gn)
            && quote[1 + gn] == '"') {
            memcpy(o, p, (size_t)(quote + 1 - p));
            o += quote + 1 - p;
            memcpy(o, source, sn);
            o += sn;
            p = quote + 1 + gn;
        }
        memcpy(o, p, (size_t)(line_end - p));
        o += line_end - p;
        p = line_end;
    }
    return (struct bytes){out, (size_t)(o - out)};
}

void rename_in_markers(const char *path, const char *generated, const char *source)
{
    struct bytes text;
    if (!file_read(path, &text) || !strstr(text.p, generated)) return;
    text = renamed_markers(&text, generated, source);
    file_write(path, text.p, text.n);
}

void rename_in_text(const char *path, const char *generated, const char *source)
{
    struct bytes text;
    if (!file_read(path, &text) || !strstr(text.p, generated)) return;
    size_t gn = strlen(generated), sn = strlen(source);
    char *out = mem_alloc(text.n * (sn / gn + 1) + sn + 1), *o = out;
    for (const char *p = text.p; *p;) {
        bool found = !strncmp(p, generated, gn);
        memcpy(o, found ? source : p, found ? sn : 1);
        o += found ? sn : 1;
        p += found ? gn : 1;
    }
    file_write(path, out, (size_t)(o - out));
}

/* A JSON string that begins with `s` is a map of names whose left side is the directory of `generated`
 * or a part of it. */
static bool is_map(const char *s, const char *generated)
{
    static const char *const maps[] = {"-ffile-prefix-map=", "-fmacro-prefix-map="};
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++) {
        size_t n = strlen(maps[i]), left = strcspn(s, "=\"") < n ? strcspn(s + n, "=\"") : 0;
        if (!strncmp(s, maps[i], n) && left > 1 && !strncmp(s + n, generated, left)) return true;
    }
    return false;
}

void rename_in_json(const char *path, const char *generated, const char *source)
{
    struct bytes text;
    if (!file_read(path, &text) || !strstr(text.p, generated)) return;
    size_t gn = strlen(generated), sn = strlen(source);
    char *out = mem_alloc(text.n * (sn + 1) + 1), *o = out;
    for (const char *p = text.p; *p;) {
        const char *close = *p == '"' && is_map(p + 1, generated) ? strchr(p + 1, '"') : NULL;
        if (close) {
            p = close + 1 + strspn(close + 1, ", ");
        } else if (!strncmp(p, generated, gn)) {
            memcpy(o, source, sn);
            o += sn;
            p += gn;
        } else {
            *o++ = *p++;
        }
    }
    file_write(path, out, (size_t)(o - out));
}
