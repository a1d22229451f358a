/* What the scan cannot know is asked of the preprocessor; see flatten_impl.h: which #line directives
 * are compiled, what those say that a macro writes, and what header an #include by a macro names.
 *
 * Before each such directive goes a line "tine__line_FILE_INDEX" or "tine__include_FILE_INDEX" with
 * its arguments. What is printed for it, if anything, is the answer. */
#include "flatten_impl.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "expand.h"
#include "pplex.h"

#define MARK_LINE "tine__line_"
#define MARK_INCLUDE "tine__include_"

bool flatten_is_uncertain(flatten *f)
{
    bool uncertain = false;
    for (size_t i = 0; i < scan_file_count(f->scan); i++) {
        const scan_file *file = scan_file_at(f->scan, i);
        for (size_t k = 0; k < file->line_count && (i == 0 || f->taken[i]); k++)
            uncertain |= file->lines[k].uncertain;
        for (size_t k = 0; k < file->include_count && (i == 0 || f->taken[i]); k++)
            uncertain |= file->includes[k].uncertain;
    }
    return uncertain;
}

/* A directive that is asked about. */
typedef struct question {
    const char *mark;
    size_t index;
    size_t begin, arguments, end; /* in its file */
} question;

/* The first question at or behind a place of a file; false: there is none. */
static bool next_question(const scan_file *file, size_t at, question *q)
{
    *q = (question){.begin = SIZE_MAX};
    for (size_t i = 0; i < file->line_count; i++) {
        const scan_line *line = &file->lines[i];
        if (line->uncertain && line->begin >= at && line->begin < q->begin)
            *q = (question){MARK_LINE, i, line->begin, line->arguments, line->end};
    }
    for (size_t i = 0; i < file->include_count; i++) {
        const scan_include *include = &file->includes[i];
        if (include->uncertain && include->begin >= at && include->begin < q->begin)
            *q = (question){MARK_INCLUDE, i, include->begin, include->arguments, include->end};
    }
    return q->begin != SIZE_MAX;
}

/* A piece of the map with markers before the directives in it. */
static void add_piece(str *out, const flatten *f, const flat_piece *p, size_t end)
{
    const scan_file *file = scan_file_at(f->scan, p->file);
    const char *text = f->map.text.data;
    size_t at = p->at, in_file = p->begin;
    question q;
    while (p->verbatim && next_question(file, in_file, &q) && q.end <= p->end) {
        size_t before = p->at + (q.begin - p->begin);
        str_add(out, text + at, before - at);
        str_printf(out, "\n%s%zu_%zu ", q.mark, p->file, q.index);
        str_add(out, file->text.text + q.arguments, q.end - q.arguments);
        str_putc(out, '\n');
        at = before;
        in_file = q.end;
    }
    str_add(out, text + at, end - at);
}

static str add_markers(const flatten *f)
{
    str out = {0};
    for (size_t i = 0; i < f->map.count; i++)
        add_piece(&out, f, &f->map.pieces[i],
                  i + 1 < f->map.count ? f->map.pieces[i + 1].at : f->map.text.len);
    return out;
}

/* Where no answer comes, a directive is not compiled. */
static void forget_questions(flatten *f)
{
    for (size_t i = 0; i < scan_file_count(f->scan); i++) {
        scan_file *file = scan_file_at(f->scan, i);
        for (size_t k = 0; k < file->line_count && (i == 0 || f->taken[i]); k++) {
            file->lines[k].inactive |= file->lines[k].uncertain;
            file->lines[k].uncertain = false;
        }
        for (size_t k = 0; k < file->include_count && (i == 0 || f->taken[i]); k++)
            file->includes[k].uncertain = false;
    }
}

static void answer_line(scan_line *line, pplex *l)
{
    pp_token number = pp_next(l), name = pp_next(l);
    if (number.kind != PP_NUMBER)
        return;
    line->inactive = false;
    line->line = (unsigned)strtoul(l->text + number.begin, NULL, 10);
    if (line->name == NULL && name.kind == PP_STRING)
        line->name = scan_unquoted((view){l->text + name.begin, name.end - name.begin});
}

static void answer_include(scan *s, size_t file, size_t index, pplex *l)
{
    pp_token t = pp_next(l);
    char close = pp_is_punct(l, t, '<') ? '>' : '"';
    size_t begin = t.begin + 1;
    if (close == '"' && t.kind != PP_STRING)
        return;
    while (l->text[begin] == ' ')
        begin++;
    size_t end = begin;
    while (end < l->len && l->text[end] != close && l->text[end] != '\n')
        end++;
    while (end > begin && l->text[end - 1] == ' ')
        end--;
    scan_resolve(s, file, index, (view){l->text + begin, end - begin}, close == '>');
}

static void read_answers(flatten *f, const str *printed)
{
    const char *text = str_cstr(printed), *end = text + printed->len;
    for (const char *p = text; (p = memmem(p, (size_t)(end - p), "tine__", 6)) != NULL; p++) {
        size_t file, index;
        pplex l = pp_file(text, printed->len, false);
        l.pos = (size_t)(p - text);
        pp_next(&l);
        if (sscanf(p, MARK_LINE "%zu_%zu", &file, &index) == 2)
            answer_line(&scan_file_at(f->scan, file)->lines[index], &l);
        else if (sscanf(p, MARK_INCLUDE "%zu_%zu", &file, &index) == 2)
            answer_include(f->scan, file, index, &l);
    }
}

bool flatten_ask(flatten *f, const options *o, diags *d)
{
    str marked = add_markers(f), printed = {0};
    bool good = expand_preprocess(str_cstr(&marked), marked.len, f->main->name, o, d, &printed);
    forget_questions(f);
    if (good)
        read_answers(f, &printed);
    str_free(&marked);
    str_free(&printed);
    return good;
}

bool flatten_is_serial(const source *main, scan *s, const options *o, diags *d)
{
    str text = {0}, printed = {0};
    if (scan_macro(s, view_of("TINE_SERIAL"), SCAN_USER) == 0)
        return false;
    str_add(&text, main->text, main->len);
    str_puts(&text, "\n#ifdef TINE_SERIAL\ntine__serial\n#endif\n");
    bool serial = expand_preprocess(text.data, text.len, main->name, o, d, &printed) &&
                  memmem(str_cstr(&printed), printed.len, "tine__serial", 12) != NULL;
    str_free(&text);
    str_free(&printed);
    return serial;
}
