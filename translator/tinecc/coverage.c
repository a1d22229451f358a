/* See coverage.h.
 *
 * -fprofile-exclude-files leaves whole functions out: those of the generated text and of Tine's headers. What
 * is inlined before the compiler puts its counters in would still be counted in the user's function; where
 * TINE__LINES_COUNTED is defined the headers do not let it be inlined. Profiles for optimising
 * (-fprofile-generate) are another thing: they want the counts of all code.
 */
#include "coverage.h"

#include "files.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static bool has(const struct cmdline *c, const char *flag)
{
    for (size_t i = 0; i < c->n; i++)
        if (!strcmp(c->args[i].text, flag)) return true;
    return false;
}

/* Without counters, or without the notes that give them lines, nobody reads lines. */
static bool counts_lines(const struct cmdline *c)
{
    return has(c, "--coverage") || has(c, "-coverage")
        || (has(c, "-fprofile-arcs") && has(c, "-ftest-coverage"));
}

/* clang wants --coverage beside a list of files. */
static bool takes_list(const struct cmdline *c, bool clang)
{
    return !clang || has(c, "--coverage") || has(c, "-coverage");
}

/* The user's own list, to which ours is added: the compiler takes the last option alone. */
static const char *users_list(const struct cmdline *c)
{
    static const char option[] = "-fprofile-exclude-files=";
    for (size_t i = c->n; i-- > 0;) {
        const char *text = c->args[i].text;
        if (!strncmp(text, option, sizeof option - 1) && text[sizeof option - 1])
            return mem_printf("%s;", text + sizeof option - 1);
    }
    return "";
}

/* An extended regular expression for what lies in DIR/tine/. A dot stands for what means something in
 * one, or in a list of them. */
static char *expression(const char *dir)
{
    char *quoted = mem_copy(dir, strlen(dir));
    for (char *p = quoted; *p; p++)
        if (!isalnum((unsigned char)*p) && !strchr("/-_", *p)) *p = '.';
    return mem_printf(";^%s/tine/", quoted);
}

/* By the name that gcc knows, which is as in -isystem, and by the one that clang looks up. */
static const char *in_directory(const char *dir)
{
    if (!file_exists(path_join(dir, "tine/abi.h"))) return "";
    char *real = realpath(dir, NULL);
    const char *both = expression(dir);
    if (real && strcmp(real, dir)) both = mem_printf("%s%s", both, expression(real));
    free(real);
    return both;
}

static const char *in_directories(const struct words *dirs)
{
    const char *all = "";
    for (size_t i = 0; i < dirs->n; i++) all = mem_printf("%s%s", all, in_directory(dirs->v[i]));
    return all;
}

void coverage_add(struct words *w, const struct cmdline *c, bool clang, const char *include)
{
    if (!counts_lines(c)) return;
    words_add(w, "-DTINE__LINES_COUNTED=1");
    if (!takes_list(c, clang)) return;
    words_add(w, mem_printf("-fprofile-exclude-files=%s<tine>$%s%s%s", users_list(c),
                            include ? in_directory(include) : "", in_directories(&c->paths.plain),
                            in_directories(&c->paths.system)));
}
