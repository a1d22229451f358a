/* The memory of the model, and its small helpers: see model.h. */
#include "model.h"

#include <stdlib.h>
#include <string.h>

enum { ARENA_BLOCK = 64 * 1024, ARENA_ALIGN = 16 };

struct arena_block {
    struct arena_block *next;
    size_t used, size;
    max_align_t bytes[];
};

void *arena_alloc(arena *a, size_t size)
{
    size = (size + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
    arena_block *block = a->blocks;
    if (block == NULL || block->size - block->used < size) {
        size_t room = size > ARENA_BLOCK ? size : ARENA_BLOCK;
        block = mem_alloc(sizeof *block + room);
        *block = (arena_block){.next = a->blocks, .size = room};
        a->blocks = block;
    }
    void *memory = (char *)block->bytes + block->used;
    block->used += size;
    return memset(memory, 0, size);
}

void arena_free(arena *a)
{
    while (a->blocks != NULL) {
        arena_block *next = a->blocks->next;
        free(a->blocks);
        a->blocks = next;
    }
}

char *arena_strndup(arena *a, const char *text, size_t len)
{
    char *copy = arena_alloc(a, len + 1);
    memcpy(copy, text, len);
    return copy;
}

char *arena_strdup(arena *a, const char *text)
{
    return arena_strndup(a, text, strlen(text));
}

char *arena_printf(arena *a, const char *format, ...)
{
    str s = {0};
    va_list args;
    va_start(args, format);
    str_vprintf(&s, format, args);
    va_end(args);
    char *copy = arena_strndup(a, str_cstr(&s), s.len);
    str_free(&s);
    return copy;
}

node *node_new(arena *a, node *parent, node_kind kind, size_t begin, size_t end)
{
    node *n = arena_alloc(a, sizeof *n);
    n->kind = kind;
    n->begin = begin;
    n->end = end;
    n->condition = -1;
    n->parent = parent;
    if (parent != NULL) {
        if (parent->last != NULL)
            parent->last->next = n;
        else
            parent->first = n;
        parent->last = n;
    }
    return n;
}

node *node_child(const node *n, unsigned index)
{
    node *child = n->first;
    while (child != NULL && index-- > 0)
        child = child->next;
    return child;
}

function *model_function_at(const model *m, size_t offset)
{
    for (function *f = m->functions; f != NULL; f = f->next)
        if (f->begin <= offset && offset < f->body_end)
            return f;
    return NULL;
}
