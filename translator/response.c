/* See response.h. Blanks separate, quotes group, a backslash takes the next byte. */
#include "response.h"

#include "source.h"

#include <stdlib.h>
#include <string.h>

static const char blanks[] = " \t\n\r\f\v";

enum { DEPTH = 64 }; /* of files in files: one may name itself */

static void add(arguments *a, char *word)
{
    a->items = mem_grow(a->items, &a->cap, a->count + 1, sizeof *a->items);
    a->items[a->count++] = word;
    a->items[a->count] = NULL;
}

/* The word that begins at *at, which is left behind it. */
static char *next_word(const char **at)
{
    str word = {0};
    char quote = '\0';
    const char *p = *at;
    for (; *p != '\0' && (quote != '\0' || strchr(blanks, *p) == NULL); p++) {
        if (*p == '\\' && p[1] != '\0')
            str_putc(&word, *++p);
        else if (quote != '\0' ? *p == quote : *p == '"' || *p == '\'')
            quote = quote != '\0' ? '\0' : *p;
        else
            str_putc(&word, *p);
    }
    *at = p;
    return str_take(&word);
}

static void expand(arguments *a, const char *word, int depth)
{
    source file;
    char *error;
    if (word[0] != '@' || word[1] == '\0' || strcmp(word, "@-") == 0 || depth == DEPTH) {
        add(a, mem_strdup(word));
        return;
    }
    if (!source_read(&file, word + 1, &error)) {
        free(error);
        add(a, mem_strdup(word));
        return;
    }
    const char *p = file.text;
    while (*(p += strspn(p, blanks)) != '\0') {
        char *inner = next_word(&p);
        expand(a, inner, depth + 1);
        free(inner);
    }
    source_free(&file);
}

arguments response_expand(int argc, char **argv)
{
    arguments a = {0};
    for (int i = 0; i < argc; i++)
        if (i == 0)
            add(&a, mem_strdup(argv[i]));
        else
            expand(&a, argv[i], 0);
    return a;
}

void response_text(str *out, char *const *words)
{
    for (; *words != NULL; words++) {
        str_putc(out, '"');
        for (const char *p = *words; *p != '\0'; p++) {
            if (*p == '"' || *p == '\\')
                str_putc(out, '\\');
            str_putc(out, *p);
        }
        str_puts(out, "\"\n");
    }
}

void response_free(arguments *a)
{
    for (size_t i = 0; i < a->count; i++)
        free(a->items[i]);
    free(a->items);
    *a = (arguments){0};
}
