/* Diagnostics collected and judged by the -W flags; see diag.h. Printing: diag_text.c, diag_json.c.
 */
#include "diag_impl.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct {
    const char *name;
    enum diag_severity severity;
} table[DIAG_COUNT] = {
#define X(id, severity, name) {name, DIAG_##severity},
#include "diag_list.h"
#undef X
};

const char *diag_name(enum diag_id id)
{
    return table[id].name;
}

enum diag_severity diag_default_severity(enum diag_id id)
{
    return table[id].severity;
}

diags *diags_new(void)
{
    return mem_zalloc(1, sizeof(diags));
}

static void free_message(diag_message *m)
{
    free(m->option);
    free(m->text);
    free(m->ranges);
    for (size_t i = 0; i < m->fix_count; i++)
        free(m->fixes[i].text);
    free(m->fixes);
    for (size_t i = 0; i < m->note_count; i++)
        free_message(&m->notes[i]);
    free(m->notes);
}

void diags_free(diags *d)
{
    if (d == NULL)
        return;
    for (size_t i = 0; i < d->count; i++)
        free_message(&d->items[i]);
    for (size_t i = 0; i < d->name_count; i++)
        free(d->names[i]);
    for (size_t i = 0; i < d->read_count; i++)
        source_free(&d->read[i]);
    for (size_t i = 0; i < d->unknown_count; i++)
        free(d->unknown[i]);
    free(d->unknown);
    free(d->items);
    free(d->names);
    free(d->sources);
    free(d->read);
    free(d);
}

const char *diags_name(diags *d, const char *name)
{
    for (size_t i = 0; i < d->name_count; i++)
        if (strcmp(d->names[i], name) == 0)
            return d->names[i];
    d->names = mem_grow(d->names, &d->name_cap, d->name_count, sizeof *d->names);
    return d->names[d->name_count++] = mem_strdup(name);
}

void diags_use_source(diags *d, source *s)
{
    d->sources = mem_grow(d->sources, &d->source_cap, d->source_count, sizeof *d->sources);
    d->sources[d->source_count++] = s;
}

source *diags_source(diags *d, const char *file)
{
    for (size_t i = d->source_count; i-- > 0;)
        if (strcmp(d->sources[i]->name, file) == 0)
            return d->sources[i];
    for (size_t i = 0; i < d->read_count; i++)
        if (strcmp(d->read[i].name, file) == 0)
            return d->read[i].text != NULL ? &d->read[i] : NULL;

    d->read = mem_grow(d->read, &d->read_cap, d->read_count, sizeof *d->read);
    source *s = &d->read[d->read_count++];
    char *error;
    if (strcmp(file, "-") == 0 || !source_read(s, file, &error)) {
        if (strcmp(file, "-") != 0)
            free(error);
        *s = (source){.name = mem_strdup(file)};
        return NULL;
    }
    return s;
}

/* ---- -W flags ---------------------------------------------------------------------------------- */

/* The diagnostic that a flag names, among the warnings; DIAG_COUNT: none. */
static enum diag_id find_warning(const char *name)
{
    int id = 0;
    while (id < DIAG_COUNT &&
           (table[id].severity != DIAG_WARNING || strcmp(table[id].name, name) != 0))
        id++;
    return (enum diag_id)id;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* How many letters must be changed, added or removed. Names are short. */
static size_t edit_distance(const char *a, const char *b)
{
    size_t row[64];
    size_t len = strlen(b);
    if (len >= sizeof row / sizeof row[0])
        return SIZE_MAX;
    for (size_t j = 0; j <= len; j++)
        row[j] = j;
    for (size_t i = 1; a[i - 1] != '\0'; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= len; j++) {
            size_t changed = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = smaller(changed, smaller(row[j], row[j - 1]) + 1);
        }
    }
    return row[len];
}

/* The warning whose name is nearest, if it is near; else NULL. */
static const char *nearest_warning(const char *name)
{
    const char *best = NULL;
    size_t least = strlen(name) / 3 + 2;
    for (int id = 0; id < DIAG_COUNT; id++) {
        size_t distance = edit_distance(name, table[id].name);
        if (table[id].severity == DIAG_WARNING && distance < least) {
            least = distance;
            best = table[id].name;
        }
    }
    return best;
}

/* An error's name given as a flag deserves another answer than a name that is nothing. */
static void report_unknown(diags *d, const char *flag)
{
    const char *name = strstr(flag, "tine-") + strlen("tine-");
    static const diag_place nowhere;
    for (int id = 0; id < DIAG_COUNT; id++)
        if (strcmp(table[id].name, name) == 0) {
            diag_add(d, DIAG_OPTION, nowhere, "'%s' has no effect: it is always an error", flag);
            return;
        }
    const char *near = nearest_warning(name);
    if (near != NULL)
        diag_add(d, DIAG_OPTION, nowhere, "unknown warning option '%s'; did you mean '-Wtine-%s'?",
                 flag, near);
    else
        diag_add(d, DIAG_OPTION, nowhere, "unknown warning option '%s'", flag);
}

void diags_flags_end(diags *d)
{
    for (size_t i = 0; i < d->unknown_count; i++) {
        report_unknown(d, d->unknown[i]);
        free(d->unknown[i]);
    }
    d->unknown_count = 0;
}

static void note_unknown(diags *d, const char *flag)
{
    d->unknown = mem_grow(d->unknown, &d->unknown_cap, d->unknown_count, sizeof *d->unknown);
    d->unknown[d->unknown_count++] = mem_strdup(flag);
}

/* name: "tine" or "tine-NAME". enabled, error: what the flag wishes. */
static void wish(diags *d, const char *flag, const char *name, enum diag_wish enabled,
                 enum diag_wish error)
{
    enum diag_id id = DIAG_COUNT;
    if (name[4] != '\0') {
        id = find_warning(name + 5);
        if (id == DIAG_COUNT) {
            note_unknown(d, flag);
            return;
        }
    }
    for (int i = 0; i < DIAG_COUNT; i++) {
        if (id != DIAG_COUNT && (int)id != i)
            continue;
        if (enabled != WISH_NONE)
            d->enabled[i] = enabled;
        if (error != WISH_NONE)
            d->error[i] = error;
    }
}

static bool is_tine(const char *name)
{
    return str_starts(name, "tine") && (name[4] == '\0' || name[4] == '-');
}

bool diags_flag(diags *d, const char *flag)
{
    static const struct {
        const char *prefix;
        enum diag_wish enabled, error;
    } forms[] = {
        {"-Werror=", WISH_YES, WISH_YES},
        {"-Wno-error=", WISH_NONE, WISH_NO},
        {"-Wno-", WISH_NO, WISH_NONE},
        {"-W", WISH_YES, WISH_NONE},
    };
    if (strcmp(flag, "-w") == 0)
        d->all_off = true;
    else if (strcmp(flag, "-Werror") == 0)
        d->everything_error = WISH_YES;
    else if (strcmp(flag, "-Wno-error") == 0)
        d->everything_error = WISH_NO;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        const char *name = flag + strlen(forms[i].prefix);
        if (str_starts(flag, forms[i].prefix) && is_tine(name)) {
            wish(d, flag, name, forms[i].enabled, forms[i].error);
            return true;
        }
    }
    return false;
}

static enum diag_severity severity_now(const diags *d, enum diag_id id)
{
    if (table[id].severity == DIAG_ERROR)
        return DIAG_ERROR;
    if (d->all_off || d->enabled[id] == WISH_NO)
        return DIAG_IGNORED;
    if (d->error[id] == WISH_YES || (d->error[id] == WISH_NONE && d->everything_error == WISH_YES))
        return DIAG_ERROR;
    return DIAG_WARNING;
}

bool diags_enabled(const diags *d, enum diag_id id)
{
    return severity_now(d, id) != DIAG_IGNORED;
}

/* ---- adding ------------------------------------------------------------------------------------ */

static diag_message *add_message(diags *d, enum diag_severity severity, diag_place where,
                                 const char *format, va_list args)
{
    str text = {0};
    str_vprintf(&text, format, args);
    if (where.file != NULL)
        where.file = diags_name(d, where.file);
    d->items = mem_grow(d->items, &d->cap, d->count, sizeof *d->items);
    diag_message *m = &d->items[d->count];
    *m = (diag_message){.severity = severity, .id = -1, .where = where, .text = str_take(&text)};
    m->order = (unsigned)d->count++;
    return m;
}

void diag_add(diags *d, enum diag_id id, diag_place where, const char *format, ...)
{
    enum diag_severity severity = severity_now(d, id);
    d->last_ignored = severity == DIAG_IGNORED;
    if (d->last_ignored)
        return;
    va_list args;
    va_start(args, format);
    diag_message *m = add_message(d, severity, where, format, args);
    va_end(args);
    m->id = (int)id;
    m->option = mem_printf("tine-%s", table[id].name);
    m->promoted = severity != table[id].severity;
}

void diag_add_plain(diags *d, enum diag_severity severity, const char *option, diag_place where,
                    const char *format, ...)
{
    if (severity == DIAG_WARNING && d->all_off)
        severity = DIAG_IGNORED;
    d->last_ignored = severity == DIAG_IGNORED;
    if (d->last_ignored)
        return;
    va_list args;
    va_start(args, format);
    diag_message *m = add_message(d, severity, where, format, args);
    va_end(args);
    m->option = option != NULL ? mem_strdup(option) : NULL;
}

/* The diagnostic that additions go to, or NULL. */
static diag_message *last(diags *d)
{
    return d->last_ignored || d->count == 0 ? NULL : &d->items[d->count - 1];
}

void diag_range(diags *d, diag_place where)
{
    diag_message *m = last(d);
    if (m == NULL)
        return;
    if (where.file != NULL)
        where.file = diags_name(d, where.file);
    m->ranges = mem_grow(m->ranges, &m->range_cap, m->range_count, sizeof *m->ranges);
    m->ranges[m->range_count++] = where;
}

void diag_note(diags *d, diag_place where, const char *format, ...)
{
    diag_message *m = last(d);
    if (m == NULL)
        return;
    str text = {0};
    va_list args;
    va_start(args, format);
    str_vprintf(&text, format, args);
    va_end(args);
    if (where.file != NULL)
        where.file = diags_name(d, where.file);
    m->notes = mem_grow(m->notes, &m->note_cap, m->note_count, sizeof *m->notes);
    m->notes[m->note_count++] =
        (diag_message){.severity = DIAG_NOTE, .id = -1, .where = where, .text = str_take(&text)};
}

void diag_fixit(diags *d, diag_place where, const char *replacement)
{
    diag_message *m = last(d);
    if (m == NULL)
        return;
    if (where.file != NULL)
        where.file = diags_name(d, where.file);
    m->fixes = mem_grow(m->fixes, &m->fix_cap, m->fix_count, sizeof *m->fixes);
    m->fixes[m->fix_count++] = (diag_fix){where, mem_strdup(replacement)};
}

/* ---- at the end --------------------------------------------------------------------------------- */

static size_t count(const diags *d, enum diag_severity severity)
{
    size_t n = 0;
    for (size_t i = 0; i < d->count; i++)
        n += d->items[i].severity == severity;
    return n;
}

size_t diags_errors(const diags *d)
{
    return count(d, DIAG_ERROR);
}

size_t diags_warnings(const diags *d)
{
    return count(d, DIAG_WARNING);
}

int diags_status(const diags *d)
{
    return diags_errors(d) != 0;
}

static int compare(unsigned a, unsigned b)
{
    return (a > b) - (a < b);
}

/* By rank of the file, place, and order of adding. */
static int compare_messages(const void *left, const void *right)
{
    const diag_message *a = left, *b = right;
    int order = compare(a->rank, b->rank);
    if (order == 0)
        order = compare(a->where.line, b->where.line);
    if (order == 0)
        order = compare(a->where.column, b->where.column);
    return order != 0 ? order : compare(a->order, b->order);
}

static bool same_message(const diag_message *a, const diag_message *b)
{
    return a->where.file == b->where.file && a->where.line == b->where.line &&
           a->where.column == b->where.column && a->severity == b->severity &&
           strcmp(a->text, b->text) == 0;
}

/* Sorts, and drops what stands twice. What has no place comes first, then file by file in the order
 * in which the files were first named. */
static void put_in_order(diags *d)
{
    for (size_t i = 0; i < d->count; i++) {
        diag_message *m = &d->items[i];
        m->rank = 0;
        for (size_t n = 0; n < d->name_count && m->where.file != NULL; n++)
            if (d->names[n] == m->where.file)
                m->rank = (unsigned)n + 1;
    }
    if (d->count != 0)
        qsort(d->items, d->count, sizeof *d->items, compare_messages);
    size_t kept = 0;
    for (size_t i = 0; i < d->count; i++) {
        bool twice = false;
        for (size_t j = kept; j-- > 0 && !twice && d->items[j].rank == d->items[i].rank &&
                              d->items[j].where.line == d->items[i].where.line;)
            twice = same_message(&d->items[j], &d->items[i]);
        if (twice)
            free_message(&d->items[i]);
        else
            d->items[kept++] = d->items[i];
    }
    d->count = kept;
}

static bool wants_color(FILE *out, enum diag_color color)
{
    if (color != DIAG_COLOR_AUTO)
        return color == DIAG_COLOR_ALWAYS;
    const char *terminal = getenv("TERM");
    return isatty(fileno(out)) && terminal != NULL && strcmp(terminal, "dumb") != 0 &&
           getenv("NO_COLOR") == NULL;
}

void diags_print(diags *d, FILE *out, enum diag_format format, enum diag_color color)
{
    put_in_order(d);
    d->last_ignored = true; /* the diagnostic added last is no longer the last one */
    if (format == DIAG_TEXT)
        diags_print_text(d, out, wants_color(out, color));
    else if (format == DIAG_JSON)
        diags_print_json(d, out);
    else
        diags_print_sarif(d, out);
    fflush(out);
}
