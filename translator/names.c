/* The names of what is generated: see names.h. */
#include "names.h"

#include <stdlib.h>
#include <string.h>

void names_free(names *n)
{
    for (size_t i = 0; i < n->count; i++)
        free(n->items[i]);
    free(n->items);
    *n = (names){0};
}

static bool is_taken(const names *n, const char *tag)
{
    for (size_t i = 0; i < n->count; i++)
        if (strcmp(n->items[i], tag) == 0)
            return true;
    return false;
}

/* The last identifier in a text such as p->ops[i] or (*table.call). */
static char *last_identifier(const char *text)
{
    size_t begin = 0, len = 0;
    for (size_t i = 0; text[i] != '\0';) {
        size_t at = i;
        while ((unsigned char)text[i] >= 0x80 || text[i] == '_' ||
               (text[i] >= '0' && text[i] <= '9') || ((text[i] | 32) >= 'a' && (text[i] | 32) <= 'z'))
            i++;
        bool digit = text[at] >= '0' && text[at] <= '9';
        if (i > at && !digit) {
            begin = at;
            len = i - at;
        }
        i += i == at;
    }
    return len == 0 ? mem_strdup("call") : mem_strndup(text + begin, len);
}

/* a, b, ..., z, aa, ab, ... for 1, 2, ... */
static void add_letters(str *s, unsigned number)
{
    if (number > 26)
        add_letters(s, (number - 1) / 26);
    str_putc(s, (char)('a' + (number - 1) % 26));
}

const char *names_tag(names *n, const char *stem, unsigned line)
{
    char *clean = last_identifier(stem);
    str tag = {0};
    for (unsigned number = 1;; number++) {
        str_clear(&tag);
        str_printf(&tag, "%s_%u", clean, line);
        if (number > 1)
            add_letters(&tag, number);
        if (!is_taken(n, str_cstr(&tag)))
            break;
    }
    free(clean);
    n->items = mem_grow(n->items, &n->cap, n->count, sizeof *n->items);
    return n->items[n->count++] = str_take(&tag);
}

char *names_clone(const char *function, unsigned level)
{
    return level == 0 ? mem_printf("%s__tine", function)
                      : mem_printf("%s__tine_%u", function, level + 1);
}
