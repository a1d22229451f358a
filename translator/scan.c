/* Reads the files of a unit for words and macros; see scan.h. */
#include "scan_impl.h"

#include <stdlib.h>
#include <string.h>

#include "words.h"

/* ---- macros -------------------------------------------------------------------------------------
 */

static size_t name_index(scan *s, view name)
{
    size_t index = *strmap_put(&s->names, name, s->define_count);
    if (index == s->define_count) {
        s->defines = mem_grow(s->defines, &s->define_cap, s->define_count, sizeof *s->defines);
        s->defines[s->define_count++] = (scan_define){0};
    }
    return index;
}

static void add_mention(scan *s, size_t macro, view name)
{
    size_t mentioned = name_index(s, name);
    scan_define *m = &s->defines[macro];
    m->mentions = mem_grow(m->mentions, &m->mention_cap, m->mention_count, sizeof *m->mentions);
    m->mentions[m->mention_count++] = mentioned;
}

static bool is_level(view name)
{
    return name.len == 17 && view_eq(name, "__INCLUDE_LEVEL__");
}

/* A name met anywhere in the user's text. */
static void note_name(scan *s, view name)
{
    if (!s->fragment && words_is_fragment(name) && !view_eq(name, "for"))
        s->fragment = true;
    if (name.len == 11 && view_eq(name, "__COUNTER__"))
        s->counter = true;
}

/* The name in an #include, the lexer being behind "include". False: it is a macro's to say. */
static bool include_name(pplex *l, view *name, bool *angled)
{
    pp_token t = pp_next(l);
    *angled = pp_is_punct(l, t, '<');
    if (!*angled && (t.kind != PP_STRING || l->text[t.begin] != '"'))
        return false;
    size_t begin = t.begin + 1, end = begin;
    while (end < l->len && l->text[end] != (*angled ? '>' : '"'))
        end++;
    *name = (view){l->text + begin, end - begin};
    return true;
}

/* Keeps a body that may stand in an #include; l is before it. */
static void note_header(scan_define *m, const pplex *l)
{
    pplex body = *l;
    pp_token t = pp_next(&body);
    bool header = (t.kind == PP_STRING && l->text[t.begin] == '"') || pp_is_punct(l, t, '<') ||
                  (t.kind == PP_IDENT && pp_peek(&body).kind == PP_END);
    if (!header)
        return;
    m->headers = mem_grow(m->headers, &m->header_cap, m->header_count, sizeof *m->headers);
    size_t end = t.kind == PP_IDENT ? t.end : l->len;
    m->headers[m->header_count++] = mem_strndup(l->text + t.begin, end - t.begin);
}

void scan_read_define(scan *s, pplex *l, bool system)
{
    str scratch = {0};
    pp_token t = pp_next(l);
    if (t.kind != PP_IDENT)
        return;
    if (system) {
        strmap_put(&s->system_names, pp_spelling(l, t, &scratch), 0);
        str_free(&scratch);
        return;
    }
    size_t macro = name_index(s, pp_spelling(l, t, &scratch));
    s->defines[macro].flags |= SCAN_MACRO;
    note_header(&s->defines[macro], l);
    while ((t = pp_next(l)).kind != PP_END) {
        if (t.kind == PP_PUNCT && t.end == t.begin + 2) {
            s->defines[macro].flags |= SCAN_PASTING;
            s->paste = true;
        }
        if (t.kind != PP_IDENT)
            continue;
        view name = pp_spelling(l, t, &scratch);
        note_name(s, name);
        if (words_find(name) != WORDS_NONE) {
            s->defines[macro].flags |= SCAN_SUSPICIOUS;
            s->word = true;
        }
        s->level_in_macro |= is_level(name);
        s->defines[macro].fragment |= words_is_fragment(name);
        add_mention(s, macro, name);
    }
    str_free(&scratch);
}

/* A macro is what the macros are that it mentions; and what pastes and holds a fragment of a word
 * may paste one. To the fixed point. */
static void spread_suspicion(scan *s)
{
    bool changed;
    do {
        changed = false;
        for (size_t i = 0; i < s->define_count; i++) {
            scan_define *m = &s->defines[i];
            unsigned flags = m->flags;
            if ((flags & SCAN_MACRO) == 0)
                continue;
            for (size_t j = 0; j < m->mention_count; j++)
                flags |= s->defines[m->mentions[j]].flags & (SCAN_SUSPICIOUS | SCAN_PASTING);
            if ((flags & SCAN_PASTING) != 0 && m->fragment)
                flags |= SCAN_SUSPICIOUS;
            changed |= flags != m->flags;
            m->flags = flags;
            s->any_suspicious |= (flags & SCAN_SUSPICIOUS) != 0;
        }
    } while (changed);
}

/* ---- directives --------------------------------------------------------------------------------- */

static void read_include(scan *s, size_t index, pp_token directive, pplex *l, bool next)
{
    view name;
    bool angled;
    scan_include include = {.begin = directive.begin,
                            .end = directive.end,
                            .arguments = l->pos,
                            .if_depth = s->files[index]->if_depth,
                            .file = SCAN_NOWHERE};
    if (include_name(l, &name, &angled)) {
        include.file = scan_follow(s, s->files[index], name, angled, next);
    } else {
        s->tine_h = s->lost = true; /* it may be anything */
        include.by_macro = include.uncertain = true;
    }
    scan_file *file = s->files[index];
    file->includes =
        mem_grow(file->includes, &file->include_cap, file->include_count, sizeof *file->includes);
    file->includes[file->include_count++] = include;
}

enum { MOST_ALIASES = 16 };

/* Follows all that a macro may name; *count: how many headers, *found: the last one. */
static void follow_macro(scan *s, const scan_file *from, view macro, unsigned depth, size_t *count,
                         size_t *found)
{
    const size_t *index = strmap_get(&s->names, macro);
    for (size_t i = 0; index != NULL && i < s->defines[*index].header_count; i++) {
        const char *text = s->defines[*index].headers[i];
        pplex l = {text, strlen(text), 0, s->trigraphs, false, true};
        view name;
        bool angled;
        if (include_name(&l, &name, &angled)) {
            size_t led = scan_follow(s, from, name, angled, false);
            *count += led != *found || led == SCAN_NOWHERE;
            *found = led;
        } else if (depth < MOST_ALIASES) {
            follow_macro(s, from, view_of(text), depth + 1, count, found);
        }
    }
}

/* Looks where an #include by a macro leads, now that all files are read that are known. */
static void guess_include(scan *s, size_t file, size_t index)
{
    str scratch = {0};
    const scan_file *from = s->files[file];
    scan_include *include = &from->includes[index];
    pplex l = {from->text.text, include->end, include->arguments, s->trigraphs, false, true};
    pp_token t = pp_next(&l);
    size_t count = 0, found = SCAN_NOWHERE;
    if (t.kind != PP_IDENT || pp_peek(&l).kind != PP_END)
        return;
    follow_macro(s, from, pp_spelling(&l, t, &scratch), 0, &count, &found);
    include->uncertain = count != 1;
    include->file = count == 1 ? found : SCAN_NOWHERE;
    str_free(&scratch);
}

char *scan_unquoted(view literal)
{
    str out = {0};
    for (size_t i = 1; i + 1 < literal.len; i++) {
        char next = literal.data[i + 1];
        i += literal.data[i] == '\\' && i + 2 < literal.len && (next == '\\' || next == '"');
        str_putc(&out, literal.data[i]);
    }
    return str_take(&out);
}

/* #line 7 "name" or # 7 "name"; number is the token of the 7, or of a macro. */
static void read_line(scan_file *file, const pplex *l, pp_token number, pp_token directive)
{
    pplex rest = *l;
    pp_token t = pp_next(&rest);
    scan_line line = {.begin = directive.begin,
                      .end = directive.end,
                      .arguments = number.begin};
    if (number.kind == PP_NUMBER)
        line.line = (unsigned)strtoul(l->text + number.begin, NULL, 10);
    if (t.kind == PP_STRING && t.end - t.begin >= 2)
        line.name = scan_unquoted((view){l->text + t.begin, t.end - t.begin});
    line.uncertain = number.kind != PP_NUMBER || t.kind == PP_IDENT || file->if_depth != 0;
    file->lines = mem_grow(file->lines, &file->line_cap, file->line_count, sizeof *file->lines);
    file->lines[file->line_count++] = line;
}

static void add_special(scan_file *file, scan_special special)
{
    file->specials =
        mem_grow(file->specials, &file->special_cap, file->special_count, sizeof *file->specials);
    file->specials[file->special_count++] = special;
}

/* __has_include, the lexer being behind it; without a list it is only asked whether it is there. */
static void read_has_include(scan_file *file, const pplex *l, pp_token word, bool next)
{
    scan_special special = {SCAN_HAS_INCLUDE, word.begin, word.end, {"", 0}, false, next};
    pplex rest = *l;
    pp_token open = pp_next(&rest);
    if (!pp_is_punct(&rest, open, '('))
        return;
    if (include_name(&rest, &special.name, &special.angled)) {
        rest.pos = (size_t)(special.name.data - rest.text) + special.name.len + 1;
        special.end = pp_next(&rest).end; /* the parenthesis */
    } else {
        special.name = (view){"", 0};
    }
    add_special(file, special);
}

/* #if and #elif, the lexer being behind the word. */
static void read_condition(scan_file *file, pplex *l)
{
    str scratch = {0};
    pp_token t;
    while ((t = pp_next(l)).kind != PP_END) {
        view name = pp_spelling(l, t, &scratch);
        if (t.kind != PP_IDENT || name.len < 13 || name.data[0] != '_')
            continue;
        if (is_level(name))
            add_special(file, (scan_special){.kind = SCAN_LEVEL, .begin = t.begin, .end = t.end});
        else if (view_eq(name, "__has_include") || view_eq(name, "__has_include_next"))
            read_has_include(file, l, t, name.len > 13);
    }
    str_free(&scratch);
}

/* #pragma, the lexer being behind the word. */
static void read_pragma(scan_file *file, pplex *l, pp_token directive)
{
    pp_token what = pp_next(l);
    scan_special special = {.begin = directive.begin, .end = directive.end};
    if (what.kind != PP_IDENT)
        return;
    if (pp_is(l, what, "once")) {
        file->pragma_once = true;
        special.kind = SCAN_ONCE;
        add_special(file, special);
    } else if (pp_is(l, what, "GCC") || pp_is(l, what, "clang")) {
        special.kind = SCAN_SYSTEM_HEADER;
        if (pp_is(l, pp_next(l), "system_header"))
            add_special(file, special);
    }
}

/* Counts the #if that are open. */
static void read_conditional(scan_file *file, const pplex *l, pp_token name, pp_token directive)
{
    bool closes = pp_is(l, name, "endif");
    if (pp_is(l, name, "if") || pp_is(l, name, "ifdef") || pp_is(l, name, "ifndef")) {
        file->if_depth++;
        return;
    }
    if (file->if_depth == 0 ||
        (!closes && !pp_is(l, name, "else") && !pp_is(l, name, "elif") &&
         !pp_is(l, name, "elifdef") && !pp_is(l, name, "elifndef")))
        return;
    file->branches =
        mem_grow(file->branches, &file->branch_cap, file->branch_count, sizeof *file->branches);
    file->branches[file->branch_count++] = (scan_branch){directive.end, file->if_depth, closes};
    file->if_depth -= closes;
}

static void read_directive(scan *s, size_t index, const pplex *text, pp_token directive)
{
    pplex l = pp_directive(text, directive);
    pp_token name = pp_next(&l);
    bool line = name.kind == PP_IDENT && pp_is(&l, name, "line");
    if (line)
        name = pp_next(&l);
    if (line || name.kind == PP_NUMBER)
        read_line(s->files[index], &l, name, directive);
    if (line || name.kind != PP_IDENT)
        return;
    read_conditional(s->files[index], &l, name, directive);
    if (pp_is(&l, name, "define")) {
        scan_read_define(s, &l, s->files[index]->system);
    } else if (pp_is(&l, name, "include") || pp_is(&l, name, "import")) {
        read_include(s, index, directive, &l, false);
    } else if (pp_is(&l, name, "include_next")) {
        read_include(s, index, directive, &l, true);
    } else if (pp_is(&l, name, "pragma")) {
        read_pragma(s->files[index], &l, directive);
    } else if (pp_is(&l, name, "if") || pp_is(&l, name, "elif")) {
        read_condition(s->files[index], &l);
    }
}

/* ---- text --------------------------------------------------------------------------------------- */

/* Where a reader of text is, as far as it matters whether a brace opens a function's body. */
typedef struct place {
    size_t depth;         /* of braces */
    bool in_body;         /* in those of a function */
    bool list;            /* a ) was met since the last ; or } */
    bool tag;             /* struct, union or enum was met since that ) */
    char last;            /* the last punctuation, 'a' for a name, '"' for a string */
} place;

static void follow_braces(place *p, const pplex *l, pp_token t)
{
    char c = t.kind == PP_PUNCT ? l->text[t.begin] : t.kind == PP_STRING ? '"' : 'a';
    if (c == '{') {
        bool linkage = p->depth == 0 && p->last == '"'; /* extern "C" { */
        if (p->depth == 0 && !linkage)
            p->in_body = p->last == ')' || p->last == ';' || (p->list && !p->tag && p->last == 'a');
        p->depth += !linkage;
    } else if (c == '}' && p->depth != 0) {
        p->depth--;
    }
    if (p->depth == 0 && (c == ';' || c == '}'))
        p->list = p->tag = p->in_body = false;
    if (c == ')') {
        p->list = true;
        p->tag = false;
    }
    if (t.kind == PP_IDENT && p->depth == 0 &&
        (pp_is(l, t, "struct") || pp_is(l, t, "union") || pp_is(l, t, "enum")))
        p->tag = true;
    p->last = c;
}

/* What word is met: those that take arguments must have some. l is behind it. */
static enum words_kind word_before(const pplex *l, view spelling)
{
    enum words_kind kind = words_find(spelling);
    if ((kind == WORDS_CALL || kind == WORDS_TYPE) && !pp_is_punct(l, pp_peek(l), '('))
        return WORDS_NONE;
    return kind;
}

/* Reads what decides little of a system header: its macros, and what it includes. */
static void read_system_text(scan *s, size_t index, pplex *l)
{
    pp_token t;
    while ((t = pp_next(l)).kind != PP_END)
        if (t.kind == PP_DIRECTIVE)
            read_directive(s, index, l, t);
}

static void read_text(scan *s, size_t index, pplex *l)
{
    str scratch = {0};
    place p = {.last = ';'};
    pp_token t;
    while ((t = pp_next(l)).kind != PP_END) {
        if (t.kind == PP_DIRECTIVE) {
            read_directive(s, index, l, t);
            continue;
        }
        if (t.kind == PP_IDENT) {
            view spelling = pp_spelling(l, t, &scratch);
            enum words_kind kind = word_before(l, spelling);
            note_name(s, spelling);
            if (is_level(spelling))
                add_special(s->files[index],
                            (scan_special){.kind = SCAN_LEVEL, .begin = t.begin, .end = t.end});
            s->word |= kind != WORDS_NONE;
            if (kind > WORDS_TYPE || (kind == WORDS_TYPE && p.in_body))
                s->files[index]->code = true;
        }
        follow_braces(&p, l, t);
    }
    str_free(&scratch);
}

void scan_read_file(scan *s, size_t index)
{
    scan_file *file = s->files[index];
    char *error;
    if (file->text.text == NULL && !source_read(&file->text, file->path, &error)) {
        free(error); /* the compiler will say it where it matters */
        s->lost = true;
        return;
    }
    pplex l = pp_file(file->text.text, file->text.len, s->trigraphs);
    if (file->system)
        read_system_text(s, index, &l);
    else
        read_text(s, index, &l);
}

/* l is behind an opening parenthesis: whether a fragment of a word stands before its partner. */
static bool fragment_in_list(pplex *l, str *scratch)
{
    bool found = false;
    for (size_t depth = 1; depth != 0;) {
        pp_token t = pp_next(l);
        if (t.kind == PP_END)
            break;
        found |= t.kind == PP_IDENT && words_is_fragment(pp_spelling(l, t, scratch));
        depth += pp_is_punct(l, t, '(');
        depth -= pp_is_punct(l, t, ')');
    }
    return found;
}

/* Whether a macro that pastes is given fragments of words in a file. */
static bool pastes_words(scan *s, const scan_file *file)
{
    str scratch = {0};
    pplex l = pp_file(file->text.text, file->text.len, s->trigraphs);
    bool found = false;
    pp_token t;
    while (!found && (t = pp_next(&l)).kind != PP_END) {
        if (t.kind != PP_IDENT || !pp_is_punct(&l, pp_peek(&l), '('))
            continue;
        pplex list = l;
        pp_next(&list);
        found = (scan_macro(s, pp_spelling(&l, t, &scratch), SCAN_USER) & SCAN_PASTING) != 0 &&
                fragment_in_list(&list, &scratch);
    }
    str_free(&scratch);
    return found;
}

/* Whether a word may be pasted together, where none stands. */
static bool may_paste(scan *s)
{
    spread_suspicion(s);
    bool found = s->any_suspicious;
    for (size_t i = 0; i < s->file_count && !found; i++)
        if (!s->files[i]->system && s->files[i]->text.text != NULL)
            found = pastes_words(s, s->files[i]);
    return found;
}

/* Whether a header that has no word itself has uses of suspicious macros. */
static void find_uses(scan *s, scan_file *file)
{
    str scratch = {0};
    pplex l = pp_file(file->text.text, file->text.len, s->trigraphs);
    pp_token t;
    while (!file->code && (t = pp_next(&l)).kind != PP_END) {
        if (t.kind != PP_IDENT)
            continue;
        unsigned flags = scan_macro(s, pp_spelling(&l, t, &scratch), SCAN_USER);
        file->code = (flags & SCAN_SUSPICIOUS) != 0;
    }
    str_free(&scratch);
}

/* Reads the files of one kind, those they lead to included. */
static void read_files(scan *s, bool system)
{
    for (size_t i = 0; i < s->file_count; i++)
        if (s->files[i]->system == system && !s->files[i]->was_read) {
            s->files[i]->was_read = true;
            scan_read_file(s, i);
        }
}

/* Reads the user's files, and those that macros lead to. */
static void read_user_files(scan *s)
{
    for (size_t before = 0; before != s->file_count;) {
        before = s->file_count;
        read_files(s, false);
        for (size_t i = 0; i < s->file_count; i++)
            for (size_t k = 0; k < s->files[i]->include_count && !s->files[i]->system; k++)
                if (s->files[i]->includes[k].uncertain)
                    guess_include(s, i, k);
    }
}

static void read_system_files(scan *s)
{
    if (!s->system_read)
        read_files(s, true);
    s->system_read = true;
}

static void find_all_uses(scan *s)
{
    spread_suspicion(s);
    for (size_t i = 1; s->any_suspicious && i < s->file_count; i++)
        if (!s->files[i]->system && s->files[i]->text.text != NULL)
            find_uses(s, s->files[i]);
}

scan *scan_unit(const char *path, const char *text, size_t len, const char *const *flags)
{
    scan *s = mem_zalloc(1, sizeof *s);
    scan_add_main(s, strcmp(path, "-") == 0 ? "<stdin>" : path, text, len);
    scan_read_flags(s, flags);
    read_user_files(s);
    if (!s->word && s->tine_h && s->paste && s->fragment)
        s->word = may_paste(s);
    if (s->word && !s->tine_h)
        read_system_files(s); /* perhaps one of them brings <tine.h> in */
    if (scan_has_words(s))
        find_all_uses(s);
    return s;
}

void scan_resolve(scan *s, size_t file, size_t include, view name, bool angled)
{
    size_t found = scan_follow(s, s->files[file], name, angled, false);
    s->files[file]->includes[include].file = found;
    s->files[file]->includes[include].uncertain = false;
    read_user_files(s);
    find_all_uses(s);
}

void scan_free(scan *s)
{
    if (s == NULL)
        return;
    scan_dirs *lists[] = {&s->quote, &s->plain, &s->system};
    for (size_t l = 0; l < 3; l++) {
        for (size_t i = 0; i < lists[l]->count; i++)
            free(lists[l]->items[i]);
        free(lists[l]->items);
    }
    for (size_t i = 0; i < s->file_count; i++) {
        scan_file *file = s->files[i];
        if (i == 0)
            free(file->text.lines);
        else
            source_free(&file->text);
        free(file->path);
        free(file->root);
        free(file->spelled);
        free(file->includes);
        for (size_t l = 0; l < file->line_count; l++)
            free(file->lines[l].name);
        free(file->lines);
        free(file->specials);
        free(file->branches);
        free(file);
    }
    for (size_t i = 0; i < s->define_count; i++) {
        for (size_t k = 0; k < s->defines[i].header_count; k++)
            free(s->defines[i].headers[k]);
        free(s->defines[i].headers);
        free(s->defines[i].mentions);
    }
    free(s->files);
    free(s->defines);
    strmap_free(&s->names);
    strmap_free(&s->system_names);
    free(s);
}

/* ---- answers ------------------------------------------------------------------------------------ */

bool scan_has_words(const scan *s)
{
    return s->tine_h && s->word;
}

size_t scan_file_count(const scan *s)
{
    return s->file_count;
}

scan_file *scan_file_at(const scan *s, size_t index)
{
    return s->files[index];
}

bool scan_trigraphs(const scan *s)
{
    return s->trigraphs;
}

bool scan_counts(const scan *s)
{
    return s->counter;
}

bool scan_level_in_macro(const scan *s)
{
    return s->level_in_macro;
}

unsigned scan_macro(scan *s, view name, enum scan_asked asked)
{
    const size_t *index = strmap_get(&s->names, name);
    if (index != NULL && (s->defines[*index].flags & SCAN_MACRO) != 0)
        return s->defines[*index].flags;
    if (asked == SCAN_USER)
        return 0;
    read_system_files(s);
    if ((asked == SCAN_PERHAPS && s->lost) || strmap_get(&s->system_names, name) != NULL)
        return SCAN_MACRO | SCAN_SYSTEM;
    return 0;
}

bool scan_any_suspicious(const scan *s)
{
    return s->any_suspicious;
}

bool scan_any_code(const scan *s)
{
    for (size_t i = 1; i < s->file_count; i++)
        if (s->files[i]->code)
            return true;
    return false;
}
