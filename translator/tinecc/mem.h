/* Memory and word lists of the driver.
 *
 * The driver is a short-lived process that ends in exec or exit: what it allocates lives until then
 * and is never freed piecemeal. Every block hangs in one chain, so that leak checkers see it.
 */
#ifndef TINECC_MEM_H
#define TINECC_MEM_H

#include <stddef.h>

/* A block of zero bytes; ends the program with a message when there is no memory. */
void *mem_alloc(size_t size);

/* A string made as by printf. */
char *mem_printf(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The first n bytes of s as a string. */
char *mem_copy(const char *s, size_t n);

/* A growing list of words. Invariant: n < cap, or v is null; v[n] is null, as exec wants it. */
struct words {
    char **v;
    size_t n, cap;
    size_t fixed; /* of a command: how many at its front no response file can hold; 0 is 1 */
};

void words_add(struct words *w, const char *word);
void words_add_all(struct words *w, const struct words *more);

#endif
