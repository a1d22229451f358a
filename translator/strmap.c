/* A map from strings to numbers; see strmap.h. */
#include "strmap.h"

#include <stdlib.h>

/* FNV-1a. */
static uint64_t hash_of(view key)
{
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < key.len; i++)
        hash = (hash ^ (unsigned char)key.data[i]) * 1099511628211u;
    return hash;
}

/* The entry of a key, or the free one where it belongs. cap != 0. */
static struct strmap_entry *find(const strmap *m, view key, uint64_t hash)
{
    size_t at = hash & (m->cap - 1);
    for (;; at = (at + 1) & (m->cap - 1)) {
        struct strmap_entry *e = &m->entries[at];
        if (e->key == NULL || (e->hash == hash && view_same((view){e->key, e->len}, key)))
            return e;
    }
}

size_t *strmap_get(const strmap *m, view key)
{
    if (m->cap == 0)
        return NULL;
    struct strmap_entry *e = find(m, key, hash_of(key));
    return e->key != NULL ? &e->value : NULL;
}

static void grow(strmap *m)
{
    strmap bigger = {.cap = m->cap != 0 ? m->cap * 2 : 64, .used = m->used};
    bigger.entries = mem_zalloc(bigger.cap, sizeof *bigger.entries);
    for (size_t i = 0; i < m->cap; i++) {
        struct strmap_entry *e = &m->entries[i];
        if (e->key != NULL)
            *find(&bigger, (view){e->key, e->len}, e->hash) = *e;
    }
    free(m->entries);
    *m = bigger;
}

size_t *strmap_put(strmap *m, view key, size_t value)
{
    if (m->used * 2 >= m->cap)
        grow(m);
    uint64_t hash = hash_of(key);
    struct strmap_entry *e = find(m, key, hash);
    if (e->key == NULL) {
        *e = (struct strmap_entry){mem_strndup(key.data, key.len), key.len, value, hash};
        m->used++;
    }
    return &e->value;
}

void strmap_free(strmap *m)
{
    for (size_t i = 0; i < m->cap; i++)
        free(m->entries[i].key);
    free(m->entries);
    *m = (strmap){0};
}
