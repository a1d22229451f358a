/* Strings and arrays that grow; see str.h. */
#include "str.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Noreturn void out_of_memory(void)
{
    fputs("tine: error: out of memory\n", stderr);
    exit(1);
}

void *mem_alloc(size_t size)
{
    void *p = malloc(size != 0 ? size : 1);
    if (p == NULL)
        out_of_memory();
    return p;
}

void *mem_zalloc(size_t count, size_t size)
{
    void *p = calloc(count != 0 ? count : 1, size != 0 ? size : 1);
    if (p == NULL)
        out_of_memory();
    return p;
}

void *mem_realloc(void *old, size_t size)
{
    void *p = realloc(old, size != 0 ? size : 1);
    if (p == NULL)
        out_of_memory();
    return p;
}

char *mem_strndup(const char *bytes, size_t len)
{
    char *p = mem_alloc(len + 1);
    if (len != 0)
        memcpy(p, bytes, len);
    p[len] = '\0';
    return p;
}

char *mem_strdup(const char *text)
{
    return mem_strndup(text, strlen(text));
}

char *mem_printf(const char *format, ...)
{
    str s = {0};
    va_list args;
    va_start(args, format);
    str_vprintf(&s, format, args);
    va_end(args);
    return str_take(&s);
}

void *mem_grow(void *items, size_t *cap, size_t count, size_t item_size)
{
    if (count < *cap)
        return items;
    size_t wanted = *cap < 8 ? 8 : *cap * 2;
    if (wanted > SIZE_MAX / item_size)
        out_of_memory();
    *cap = wanted;
    return mem_realloc(items, wanted * item_size);
}

void str_free(str *s)
{
    free(s->data);
    *s = (str){0};
}

void str_clear(str *s)
{
    s->len = 0;
    if (s->data != NULL)
        s->data[0] = '\0';
}

void str_reserve(str *s, size_t more)
{
    if (more >= SIZE_MAX / 2 - s->len)
        out_of_memory();
    size_t needed = s->len + more + 1;
    if (needed <= s->cap)
        return;
    size_t wanted = s->cap * 2 < 64 ? 64 : s->cap * 2;
    if (wanted < needed)
        wanted = needed;
    s->data = mem_realloc(s->data, wanted);
    s->cap = wanted;
}

void str_add(str *s, const char *bytes, size_t len)
{
    str_reserve(s, len);
    if (len != 0)
        memcpy(s->data + s->len, bytes, len);
    s->len += len;
    s->data[s->len] = '\0';
}

void str_add_str(str *s, const str *other)
{
    str_add(s, other->data, other->len);
}

void str_add_view(str *s, view v)
{
    str_add(s, v.data, v.len);
}

void str_puts(str *s, const char *text)
{
    str_add(s, text, strlen(text));
}

void str_putc(str *s, char c)
{
    str_add(s, &c, 1);
}

void str_pad(str *s, char c, size_t count)
{
    str_reserve(s, count);
    memset(s->data + s->len, c, count);
    s->len += count;
    s->data[s->len] = '\0';
}

void str_vprintf(str *s, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    char none[1];
    int len = vsnprintf(none, 0, format, args);
    if (len >= 0) {
        str_reserve(s, (size_t)len);
        vsnprintf(s->data + s->len, (size_t)len + 1, format, again);
        s->len += (size_t)len;
    }
    va_end(again);
}

void str_printf(str *s, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    str_vprintf(s, format, args);
    va_end(args);
}

const char *str_cstr(const str *s)
{
    return s->data != NULL ? s->data : "";
}

char *str_take(str *s)
{
    char *data = s->data != NULL ? s->data : mem_strdup("");
    *s = (str){0};
    return data;
}

view view_of(const char *text)
{
    return (view){text, strlen(text)};
}

bool view_same(view a, view b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

bool view_eq(view v, const char *text)
{
    return view_same(v, view_of(text));
}

bool str_starts(const char *text, const char *part)
{
    return strncmp(text, part, strlen(part)) == 0;
}

bool str_ends(const char *text, const char *part)
{
    size_t text_len = strlen(text), part_len = strlen(part);
    return text_len >= part_len && memcmp(text + text_len - part_len, part, part_len) == 0;
}
