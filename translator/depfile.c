/* The contents of a depfile: options_depfile of options.h. */
#include "options.h"

#include <string.h>

enum { LINE_WIDTH = 78 };

/* Adds a name as make reads it. */
static void add_name(str *out, const char *name)
{
    for (const char *p = name; *p != '\0'; p++) {
        if (*p == ' ' || *p == '#')
            str_putc(out, '\\');
        else if (*p == '$')
            str_putc(out, '$');
        str_putc(out, *p);
    }
}

static bool named_before(const char *const *files, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (strcmp(files[i], files[at]) == 0)
            return true;
    return false;
}

void options_depfile(const options *o, str *out, const char *const *files, size_t count)
{
    str_printf(out, "%s:", o->depend_target);
    size_t line_begin = out->len;
    for (size_t i = 0; i < count; i++) {
        if (named_before(files, i))
            continue;
        if (out->len - line_begin + strlen(files[i]) > LINE_WIDTH) {
            str_puts(out, " \\\n");
            line_begin = out->len;
        }
        str_putc(out, ' ');
        add_name(out, files[i]);
    }
    str_putc(out, '\n');
    for (size_t i = 1; o->depend_phony && i < count; i++) { /* not for the main file */
        if (named_before(files, i))
            continue;
        add_name(out, files[i]);
        str_puts(out, ":\n");
    }
}
