/* Replaces invocations by expansions, and answers where text is from; see flatten.h. Headers are
 * taken in by flatten_headers.c. */
#include "flatten_impl.h"

#include <stdlib.h>
#include <string.h>

#include "expand.h"

/* ---- places -------------------------------------------------------------------------------------
 */

/* What a line of a file is called, by the #line directives before it. */
static unsigned called(const scan_file *file, source *text, size_t offset, const char **name)
{
    unsigned line = source_line(text, offset);
    for (size_t i = file->line_count; i-- > 0;) {
        const scan_line *directive = &file->lines[i];
        if (directive->end > offset || directive->inactive)
            continue;
        unsigned at = source_line(text, directive->end); /* the line that the directive ends */
        for (size_t j = i + 1; j-- > 0;)
            if (file->lines[j].name != NULL && !file->lines[j].inactive) {
                *name = file->lines[j].name;
                break;
            }
        return directive->line + (line - at - 1);
    }
    return line;
}

static source *text_of(flatten *f, size_t file)
{
    return file == 0 ? f->main : &scan_file_at(f->scan, file)->text;
}

unsigned flatten_line(flatten *f, size_t file, size_t offset, const char **name)
{
    const scan_file *info = scan_file_at(f->scan, file);
    *name = file == 0 ? f->main->name : info->path;
    return called(info, text_of(f, file), offset, name);
}

diag_place flatten_place_in(flatten *f, size_t file, size_t from, size_t to)
{
    source *text = text_of(f, file);
    const char *name, *end_name;
    diag_place place = {0};
    place.line = flatten_line(f, file, from, &name);
    place.column = source_column(text, from);
    place.file = name;
    if (to > from) {
        place.end_line = flatten_line(f, file, to, &end_name);
        place.end_column = source_column(text, to);
    }
    return place;
}

diag_place flatten_place(flatten *f, size_t begin, size_t end)
{
    size_t file = 0, from = begin, to = end;
    if (f->changed && f->map.count != 0)
        flatmap_origin(&f->map, begin, end, &file, &from, &to);
    return flatten_place_in(f, file, from, to);
}

/* ---- expansions --------------------------------------------------------------------------------- */

/* The newlines in a range, as they are written there. */
static void add_newlines(str *out, const char *text, size_t begin, size_t end)
{
    for (size_t i = begin; i < end; i++)
        if (text[i] == '\n' || text[i] == '\r')
            str_putc(out, text[i]);
}

/* Uses up as many __COUNTER__ as an expansion did, on lines of their own; then the place goes on. */
static void use_counters(flatten *f, str *out, unsigned count, size_t file, size_t offset)
{
    const char *name;
    unsigned line = flatten_line(f, file, offset, &name);
    str_puts(out, "\n#if __COUNTER__");
    for (unsigned i = 1; i < count; i++)
        str_puts(out, " + __COUNTER__");
    str_puts(out, "\n#endif\n");
    source_line_directive(out, line, name);
}

static void put_expansion(flatten *f, flatmap *out, const candidate *c, const expansion *e)
{
    size_t file, from, to;
    str text = {0};
    flatmap_origin(&f->map, c->begin, c->end, &file, &from, &to);
    if (e->counters != 0)
        use_counters(f, &text, e->counters, file, from);
    str_add_str(&text, &e->text);
    add_newlines(&text, f->map.text.data, c->begin, c->end);
    flatmap_put(out, file, from, to, (view){text.data, text.len});
    if (text.len == 0) /* an expansion to nothing still separates */
        flatmap_put(out, file, from, to, (view){" ", 1});
    str_free(&text);
}

/* Replaces those candidates that have an expansion. */
static void replace(flatten *f, const candidates *c, const expansion *all)
{
    flatmap out = {0};
    size_t at = 0;
    for (size_t i = 0; i < c->count; i++) {
        if (!all[i].there)
            continue;
        flatmap_slice(&out, &f->map, at, c->items[i].begin);
        put_expansion(f, &out, &c->items[i], &all[i]);
        at = c->items[i].end;
        f->changed = true;
    }
    flatmap_slice(&out, &f->map, at, f->map.text.len);
    flatmap_free(&f->map);
    f->map = out;
}

static bool expand_macros(flatten *f, const options *o, diags *d)
{
    candidates found = {0};
    const char *text = str_cstr(&f->map.text);
    bool good = true;
    candidates_find(&found, f->scan, text, f->map.text.len);
    if (found.count != 0) {
        expansion *all = expand_all(&found, text, scan_counts(f->scan), f->main->name, o, d);
        good = all != NULL;
        if (good)
            replace(f, &found, all);
        expansions_free(all, found.count);
    }
    candidates_free(&found);
    return good;
}

/* ---- the whole ---------------------------------------------------------------------------------- */

flatten *flatten_main(source *main, scan *s, const options *o, diags *d)
{
    flatten *f = mem_zalloc(1, sizeof *f);
    f->main = main;
    f->scan = s;
    f->diags = d;
    if (!scan_has_words(s))
        return f;
    flatten_take_headers(f);
    while (o->cc != NULL && flatten_is_uncertain(f)) {
        if (!flatten_ask(f, o, d)) {
            flatten_free(f);
            return NULL;
        }
        flatten_take_headers(f);
    }
    if (diags_errors(d) != 0 || (o->cc != NULL && !expand_macros(f, o, d))) {
        flatten_free(f);
        return NULL;
    }
    if (!f->changed) {
        flatmap_free(&f->map);
        return f;
    }
    size_t len = f->map.text.len;
    source_of_text(&f->text, main->name, mem_strndup(str_cstr(&f->map.text), len), len);
    for (size_t i = 0; i < f->file_count; i++)
        diags_use_source(d, f->sources[i]);
    return f;
}

void flatten_free(flatten *f)
{
    if (f == NULL)
        return;
    flatmap_free(&f->map);
    source_free(&f->text);
    free(f->files);
    free(f->sources);
    free(f->taken);
    free(f);
}

source *flatten_text(flatten *f)
{
    return f->changed ? &f->text : f->main;
}

size_t flatten_files(flatten *f, const char *const **files)
{
    *files = f->files;
    return f->file_count;
}
