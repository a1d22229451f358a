/* Strings and arrays that grow, and memory that is there or stops the program with a message.
 *
 * The lowest layer of the translator; relies on the C library alone. The translator is a program,
 * not a library: its extern names carry the name of their module (str_, source_, diag_, ...). */
#ifndef TINE_TRANSLATOR_STR_H
#define TINE_TRANSLATOR_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#define PRINTF_LIKE(text, first) \
    __attribute__((format(printf, text, first), nonnull(text)))

/* Bytes that grow. All zero is the empty string.
 *   data == NULL or data[len] == '\0';  len < cap where cap != 0 */
typedef struct str {
    char *data;
    size_t len;
    size_t cap;
} str;

/* Bytes that belong to someone else; not terminated. */
typedef struct view {
    const char *data;
    size_t len;
} view;

void str_free(str *s);
void str_clear(str *s); /* keeps the memory */
void str_reserve(str *s, size_t more);
void str_add(str *s, const char *bytes, size_t len);
void str_add_str(str *s, const str *other);
void str_add_view(str *s, view v);
void str_puts(str *s, const char *text);
void str_putc(str *s, char c);
void str_pad(str *s, char c, size_t count);
void str_printf(str *s, const char *format, ...) PRINTF_LIKE(2, 3);
void str_vprintf(str *s, const char *format, va_list args) PRINTF_LIKE(2, 0);
const char *str_cstr(const str *s); /* never NULL */
char *str_take(str *s);             /* the bytes, '\0' behind them; to be freed. s is empty then */

view view_of(const char *text);
bool view_eq(view v, const char *text);
bool view_same(view a, view b);

/* Never NULL: with no memory the program prints a line and exits with status 1. */
void *mem_alloc(size_t size);
void *mem_zalloc(size_t count, size_t size);
void *mem_realloc(void *old, size_t size);
char *mem_strdup(const char *text);
char *mem_strndup(const char *bytes, size_t len);
char *mem_printf(const char *format, ...) PRINTF_LIKE(1, 2);

/* Room for one more item of a growing array: items = mem_grow(items, &cap, count, sizeof *items).
 */
void *mem_grow(void *items, size_t *cap, size_t count, size_t item_size);

/* Whether text begins (ends) with part. */
bool str_starts(const char *text, const char *part);
bool str_ends(const char *text, const char *part);

#endif
