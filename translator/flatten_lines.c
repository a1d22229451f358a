/* Which #line directives are compiled, and what those say that a macro writes; see flatten_impl.h.
 *
 * Before each directive of which this is not known goes a line "tine__line_FILE_INDEX" with its
 * arguments. What the preprocessor prints for it, if anything, is the answer. */
#include "flatten_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "expand.h"
#include "pplex.h"

#define MARK "tine__line_"

bool flatten_lines_uncertain(flatten *f)
{
    for (size_t i = 0; i < scan_file_count(f->scan); i++) {
        const scan_file *file = scan_file_at(f->scan, i);
        for (size_t k = 0; k < file->line_count && (i == 0 || f->taken[i]); k++)
            if (file->lines[k].uncertain)
                return true;
    }
    return false;
}

/* A piece of the map with markers before the directives in it. */
static void add_piece(str *out, const flatten *f, const flat_piece *p, size_t end)
{
    const scan_file *file = scan_file_at(f->scan, p->file);
    const char *text = f->map.text.data;
    size_t at = p->at;
    for (size_t i = 0; p->verbatim && i < file->line_count; i++) {
        const scan_line *line = &file->lines[i];
        if (!line->uncertain || line->begin < p->begin || line->end > p->end)
            continue;
        size_t before = p->at + (line->begin - p->begin);
        str_add(out, text + at, before - at);
        str_printf(out, "\n" MARK "%zu_%zu ", p->file, i);
        str_add(out, file->text.text + line->arguments, line->end - line->arguments);
        str_putc(out, '\n');
        at = before;
    }
    str_add(out, text + at, end - at);
}

/* Until an answer comes, a directive is taken for one that is not compiled. */
static str add_markers(flatten *f)
{
    str out = {0};
    for (size_t i = 0; i < f->map.count; i++)
        add_piece(&out, f, &f->map.pieces[i],
                  i + 1 < f->map.count ? f->map.pieces[i + 1].at : f->map.text.len);
    for (size_t i = 0; i < scan_file_count(f->scan); i++) {
        scan_file *file = scan_file_at(f->scan, i);
        for (size_t k = 0; k < file->line_count; k++)
            file->lines[k].inactive = file->lines[k].uncertain;
    }
    return out;
}

/* The directive that a marker stands for, or NULL. */
static scan_line *marked(flatten *f, const char *marker)
{
    size_t file, index;
    if (sscanf(marker, MARK "%zu_%zu", &file, &index) != 2 ||
        file >= scan_file_count(f->scan) || index >= scan_file_at(f->scan, file)->line_count)
        return NULL;
    return &scan_file_at(f->scan, file)->lines[index];
}

static void read_answers(flatten *f, const str *printed)
{
    const char *text = str_cstr(printed), *end = text + printed->len;
    for (const char *p = text; (p = memmem(p, (size_t)(end - p), MARK, strlen(MARK))) != NULL; p++) {
        scan_line *line = marked(f, p);
        pplex l = pp_file(text, printed->len, false);
        l.pos = (size_t)(p - text);
        pp_next(&l);
        pp_token number = pp_next(&l), name = pp_next(&l);
        if (line == NULL || number.kind != PP_NUMBER)
            continue;
        line->inactive = false;
        line->line = (unsigned)strtoul(text + number.begin, NULL, 10);
        if (line->name == NULL && name.kind == PP_STRING)
            line->name = scan_unquoted((view){text + name.begin, name.end - name.begin});
    }
}

bool flatten_ask_lines(flatten *f, const options *o, diags *d)
{
    str marked = add_markers(f), printed = {0};
    bool good = expand_preprocess(str_cstr(&marked), marked.len, f->main->name, o, d, &printed);
    if (good)
        read_answers(f, &printed);
    str_free(&marked);
    str_free(&printed);
    return good;
}
