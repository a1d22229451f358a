/* Expansions of the candidates, by markers in what the preprocessor prints; see expand.h. */
#include "expand.h"

#include <stdlib.h>
#include <string.h>

#include "pplex.h"
#include "words.h"

#define MARK_BEGIN "tine__begin_"
#define MARK_END "tine__end_"
#define MARK_COUNT "tine__count_" /* followed by __COUNTER__ */

/* What is left of text that changes no macro: its newlines. */
static void add_newlines(str *out, const char *text, size_t begin, size_t end)
{
    while (begin < end) {
        const char *newline = memchr(text + begin, '\n', end - begin);
        if (newline == NULL)
            break;
        str_putc(out, '\n');
        begin = (size_t)(newline - text) + 1;
    }
    str_putc(out, ' ');
}

static void add_candidate(str *out, const candidate *c, size_t index, const char *text, bool count)
{
    if (count)
        str_printf(out, MARK_COUNT "%zu __COUNTER__ ", 2 * index);
    str_printf(out, MARK_BEGIN "%zu ", index);
    str_add(out, text + c->begin, c->end - c->begin);
    str_printf(out, " " MARK_END "%zu ", index);
    if (count)
        str_printf(out, MARK_COUNT "%zu __COUNTER__ ", 2 * index + 1);
}

/* Adds the contexts that begin before limit; *at: up to where the text has been gone through. */
static void add_contexts(str *out, const candidates *c, size_t *next, const char *text, size_t *at,
                         size_t limit)
{
    for (; *next < c->context_count && c->contexts[*next].begin < limit; ++*next) {
        const candidate_context *context = &c->contexts[*next];
        if (context->begin < *at) /* in a candidate, which is there already */
            continue;
        add_newlines(out, text, *at, context->begin);
        str_add(out, text + context->begin, context->end - context->begin);
        *at = context->end;
    }
}

/* What the preprocessor must see: the contexts, and the candidates with a marker on each side, all
 * on the lines where they were. */
static str add_markers(const candidates *c, const char *text, bool count)
{
    str out = {0};
    size_t at = 0, next = 0;
    for (size_t i = 0; i < c->count; i++) {
        add_contexts(&out, c, &next, text, &at, c->items[i].begin);
        add_newlines(&out, text, at, c->items[i].begin);
        add_candidate(&out, &c->items[i], i, text, count);
        at = c->items[i].end;
    }
    add_contexts(&out, c, &next, text, &at, SIZE_MAX); /* every #if has its #endif */
    str_putc(&out, '\n');
    return out;
}

/* The number behind a marker's name; false when the token is another. */
static bool marker_number(view name, const char *mark, size_t limit, size_t *number)
{
    size_t len = strlen(mark);
    if (name.len <= len || memcmp(name.data, mark, len) != 0)
        return false;
    *number = 0;
    for (size_t i = len; i < name.len; i++) {
        if (name.data[i] < '0' || name.data[i] > '9')
            return false;
        *number = *number * 10 + (size_t)(name.data[i] - '0');
    }
    return *number < limit;
}

/* #pragma omp x, as the preprocessor prints it, becomes _Pragma("omp x"). Other directives are line
 * markers, and go. */
static void add_directive(str *out, view directive)
{
    pplex l = pp_file(directive.data, directive.len, false);
    l.line_start = false;
    l.in_line = true;
    l.pos = 1;
    pp_token name = pp_next(&l);
    if (name.kind != PP_IDENT || !pp_is(&l, name, "pragma"))
        return;
    size_t pos = name.end;
    while (pos < directive.len && directive.data[pos] == ' ')
        pos++;
    str_puts(out, " _Pragma(\"");
    for (; pos < directive.len && directive.data[pos] != '\r'; pos++) {
        if (directive.data[pos] == '"' || directive.data[pos] == '\\')
            str_putc(out, '\\');
        str_putc(out, directive.data[pos]);
    }
    str_puts(out, "\") ");
}

/* The tokens of text with one blank between those that had any between them. */
static str on_one_line(const char *text, size_t begin, size_t end)
{
    str out = {0};
    pplex l = pp_file(text, end, false);
    l.pos = begin;
    l.line_start = false;
    size_t last = begin;
    pp_token t;
    while ((t = pp_next(&l)).kind != PP_END) {
        view v = {text + t.begin, t.end - t.begin};
        if (t.kind == PP_DIRECTIVE) {
            add_directive(&out, v);
        } else {
            if (t.begin != last && out.len != 0 && out.data[out.len - 1] != ' ')
                str_putc(&out, ' ');
            str_add_view(&out, v);
        }
        last = t.end;
    }
    return out;
}

/* Whether two texts have the same tokens; *words: whether there are Tine words in b. */
static bool same_tokens(const char *a, size_t a_len, const str *b, bool *words)
{
    pplex left = pp_file(a, a_len, false), right = pp_file(str_cstr(b), b->len, false);
    str left_scratch = {0}, right_scratch = {0};
    bool same = true;
    for (;;) {
        pp_token t = pp_next(&left), u = pp_next(&right);
        view v = pp_spelling(&left, t, &left_scratch), w = pp_spelling(&right, u, &right_scratch);
        *words |= u.kind == PP_IDENT && words_find(w) != WORDS_NONE;
        *words |= t.kind == PP_IDENT && words_find(v) != WORDS_NONE;
        same &= t.kind == u.kind && view_same(v, w);
        if (t.kind == PP_END && u.kind == PP_END)
            break;
    }
    str_free(&left_scratch);
    str_free(&right_scratch);
    return same;
}

/* Where the preprocessor printed candidate i; seen: how often the markers came. */
typedef struct found {
    size_t begin, end;
    unsigned begins, ends;
} found;

static found *find_markers(const str *printed, size_t count)
{
    static const char mark[] = "tine__";
    found *all = mem_zalloc(count, sizeof *all);
    const char *text = str_cstr(printed), *end = text + printed->len;
    size_t number;
    for (const char *p = text; (p = memmem(p, (size_t)(end - p), mark, sizeof mark - 1)) != NULL;) {
        pplex l = pp_file(text, printed->len, false);
        l.pos = (size_t)(p - text);
        pp_token t = pp_next(&l);
        view name = {text + t.begin, t.end - t.begin};
        if (marker_number(name, MARK_BEGIN, count, &number)) {
            all[number].begin = t.end;
            all[number].begins++;
        } else if (marker_number(name, MARK_END, count, &number)) {
            all[number].end = t.begin;
            all[number].ends++;
        }
        p = text + t.end;
    }
    return all;
}

/* The values of __COUNTER__ behind the count markers give how many each candidate used. */
static void find_counters(const str *printed, expansion *all, size_t count)
{
    unsigned long *values = mem_zalloc(2 * count, sizeof *values);
    pplex l = pp_file(printed->data, printed->len, false);
    size_t number;
    pp_token t;
    while ((t = pp_next(&l)).kind != PP_END) {
        view name = {printed->data + t.begin, t.end - t.begin};
        if (t.kind == PP_IDENT && marker_number(name, MARK_COUNT, 2 * count, &number)) {
            t = pp_next(&l);
            values[number] = strtoul(printed->data + t.begin, NULL, 10);
        }
    }
    for (size_t i = 0; i < count; i++)
        if (values[2 * i + 1] > values[2 * i])
            all[i].counters = (unsigned)(values[2 * i + 1] - values[2 * i] - 1);
    free(values);
}

/* Takes from what was printed the expansions that matter. */
static void take_expansions(const candidates *c, const char *text, const str *printed,
                            expansion *all)
{
    found *where = find_markers(printed, c->count);
    for (size_t i = 0; i < c->count; i++) {
        const candidate *one = &c->items[i];
        bool words = false;
        if (where[i].begins != 1 || where[i].ends != 1 || where[i].begin > where[i].end)
            continue; /* not compiled, or no candidate after all */
        str now = on_one_line(printed->data, where[i].begin, where[i].end);
        bool same = same_tokens(text + one->begin, one->end - one->begin, &now, &words);
        all[i].there = !same && (words || one->callee);
        if (all[i].there)
            all[i].text = now;
        else
            str_free(&now);
    }
    free(where);
}

expansion *expand_all(const candidates *c, const char *text, bool counts, const char *name,
                      const options *o, diags *d)
{
    expansion *all = mem_zalloc(c->count, sizeof *all);
    bool good = true;
    /* The count markers use __COUNTER__ themselves, so the expansions are those of a second run. */
    for (int pass = counts ? 0 : 1; pass < 2 && good; pass++) {
        str marked = add_markers(c, text, pass == 0), printed = {0};
        good = expand_preprocess(str_cstr(&marked), marked.len, name, o, d, &printed);
        if (good && pass == 0)
            find_counters(&printed, all, c->count);
        else if (good)
            take_expansions(c, text, &printed, all);
        str_free(&marked);
        str_free(&printed);
    }
    if (good)
        return all;
    expansions_free(all, c->count);
    return NULL;
}

void expansions_free(expansion *e, size_t count)
{
    for (size_t i = 0; e != NULL && i < count; i++)
        str_free(&e[i].text);
    free(e);
}
