/* See scan.h. The translator's own look at a unit, asked in the driver's terms. */
#include "scan.h"

#include "../scan.h"

static void add_flags(struct words *flags, const char *flag, const struct words *values)
{
    for (size_t i = 0; i < values->n; i++) {
        words_add(flags, flag);
        words_add(flags, values->v[i]);
    }
}

bool scan_needs_tine(const char *path, const char *text, size_t n, const struct scan_paths *paths)
{
    struct words flags = {0};
    words_add_all(&flags, &paths->language);
    add_flags(&flags, "-iquote", &paths->quote);
    add_flags(&flags, "-I", &paths->plain);
    add_flags(&flags, "-isystem", &paths->system);
    add_flags(&flags, "-D", &paths->defines);
    add_flags(&flags, "-include", &paths->forced);
    words_add(&flags, ""); /* what v points to is no longer null */
    flags.v[flags.n - 1] = NULL;
    scan *found = scan_unit(path, text, n, (const char *const *)flags.v);
    bool needed = scan_has_words(found);
    scan_free(found);
    return needed;
}
