/* A map from strings to numbers. Relies on str. */
#ifndef TINE_TRANSLATOR_STRMAP_H
#define TINE_TRANSLATOR_STRMAP_H

#include <stdint.h>

#include "str.h"

/* Open addressing.  used < cap / 2;  cap is a power of two or 0 */
typedef struct strmap {
    struct strmap_entry {
        char *key; /* NULL: free */
        size_t len;
        size_t value;
        uint64_t hash;
    } *entries;
    size_t cap, used;
} strmap;

/* The value of a key, or NULL. Good until the next strmap_put. */
size_t *strmap_get(const strmap *m, view key);
/* The same; the key is put in with this value if it is not there. */
size_t *strmap_put(strmap *m, view key, size_t value);
void strmap_free(strmap *m);

#endif
