/* See mem.h. */
#include "mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Header of a block; the caller's bytes follow. Aligned as malloc aligns. */
struct block {
    _Alignas(max_align_t) struct block *next;
};

static struct block *blocks;

void *mem_alloc(size_t size)
{
    struct block *b = calloc(1, sizeof *b + size);
    if (!b) {
        fputs("tinecc: error: out of memory\n", stderr);
        exit(1);
    }
    b->next = blocks;
    blocks = b;
    return b + 1;
}

char *mem_printf(const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *s = mem_alloc((size_t)(n < 0 ? 0 : n) + 1);
    if (n >= 0) vsnprintf(s, (size_t)n + 1, format, again);
    va_end(again);
    return s;
}

char *mem_copy(const char *s, size_t n)
{
    char *copy = mem_alloc(n + 1);
    memcpy(copy, s, n);
    return copy;
}

void words_add(struct words *w, const char *word)
{
    if (w->n + 1 >= w->cap) {
        size_t cap = w->cap ? 2 * w->cap : 32;
        char **v = mem_alloc(cap * sizeof *v);
        if (w->n) memcpy(v, w->v, w->n * sizeof *v);
        w->v = v;
        w->cap = cap;
    }
    w->v[w->n++] = (char *)word;
    w->v[w->n] = NULL;
}

void words_add_all(struct words *w, const struct words *more)
{
    for (size_t i = 0; i < more->n; i++) words_add(w, more->v[i]);
}
