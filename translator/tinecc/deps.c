/* See deps.h. The escapes are those that gcc, clang, make and Ninja agree on: "\ ", "\#", "$$"; and gcc's
 * "\" before a tab. */
#include "deps.h"

#include "files.h"
#include "say.h"

#include <errno.h>
#include <string.h>

static char *escape(const char *name)
{
    char *out = mem_alloc(2 * strlen(name) + 1), *o = out;
    for (; *name; name++) {
        if (strchr(" \t#", *name)) *o++ = '\\';
        if (*name == '$') *o++ = '$';
        *o++ = *name;
    }
    return out;
}

/* The byte at p stands before one that it escapes. */
static bool is_escape(const char *p)
{
    return (p[0] == '\\' && p[1] && strchr(" \t#", p[1])) || (p[0] == '$' && p[1] == '$');
}

/* Takes the next name after p, unescaped, into *name; null at the end of the rule. */
static const char *next_name(const char *p, char **name)
{
    *name = NULL;
    for (;;) {
        if (*p == ' ' || *p == '\t' || *p == '\r') p++;
        else if (p[0] == '\\' && p[1] == '\n') p += 2;
        else if (p[0] == '\\' && p[1] == '\r' && p[2] == '\n') p += 3;
        else break;
    }
    if (!*p || *p == '\n') return p;
    char *out = mem_alloc(strlen(p) + 1), *o = out;
    while (*p && !strchr(" \t\r\n", *p)) {
        if (p[0] == '\\' && p[1] == '\n') break;
        p += is_escape(p);
        *o++ = *p++;
    }
    *name = out;
    return p;
}

static void read_names(const char *text, struct words *out)
{
    const char *p = text;
    char *name;
    bool in_targets = true;
    while (p = next_name(p, &name), name) {
        size_t n = strlen(name);
        bool ends_targets = in_targets && n && name[n - 1] == ':';
        if (!in_targets) words_add(out, name);
        if (ends_targets) in_targets = false;
    }
}

void deps_read(const char *path, struct words *out)
{
    struct bytes text;
    if (file_read(path, &text)) read_names(text.p, out);
}

static bool listed(const struct words *w, const char *name)
{
    for (size_t i = 0; i < w->n; i++)
        if (!strcmp(w->v[i], name)) return true;
    return false;
}

/* How many bytes at p spell `name`, escaped or not; 0 if they do not. clang writes '/' for a backslash. */
static size_t spells(const char *p, const char *name)
{
    const char *begin = p;
    for (; *name; name++, p++) {
        if (is_escape(p) && p[1] == *name) p++;
        if (*p != *name && !(*name == '\\' && *p == '/')) return 0;
    }
    return !*p || strchr(" \t\r\n:\\", *p) ? (size_t)(p - begin) : 0;
}

/* Where a whole name in `text` is `name`, and how long it is there; null if nowhere. */
static char *find_name(char *text, const char *name, size_t *length)
{
    for (char *p = text; *p; p++)
        if ((p == text || strchr(" \t\n", p[-1])) && (*length = spells(p, name))) return p;
    return NULL;
}

/* Where the rule begins that `at` is in: behind the last newline without a backslash. */
static const char *rule_of(const char *text, const char *at)
{
    for (; at > text; at--)
        if (at[-1] == '\n' && !(at - 1 > text && at[-2] == '\\')) break;
    return at;
}

bool deps_fix(const char *path, const char *generated, const char *source,
              const struct words *more, bool phony, bool *found)
{
    struct bytes text;
    *found = false;
    if (!file_read(path, &text)) return true;
    size_t length;
    char *at = find_name(text.p, generated, &length);
    if (!at) return true;
    *found = true;
    struct words have = {0};
    read_names(rule_of(text.p, at), &have);
    words_add(&have, source);
    char *added = "", *rules = "";
    for (size_t i = 0; i < more->n; i++) {
        if (listed(&have, more->v[i]) || !strcmp(more->v[i], generated)) continue;
        added = mem_printf("%s \\\n %s", added, escape(more->v[i]));
        if (phony) rules = mem_printf("%s%s:\n", rules, escape(more->v[i]));
        words_add(&have, more->v[i]);
    }
    char *out = mem_printf("%.*s%s%s%s%s", (int)(at - text.p), text.p,
                           strcmp(source, "<stdin>") ? escape(source) : "", added,
                           at + length, rules);
    if (file_write(path, out, strlen(out))) return true;
    say_error("cannot write '%s': %s", path, strerror(errno));
    return false;
}
