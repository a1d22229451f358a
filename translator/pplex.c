/* Preprocessing tokens of raw text; see pplex.h. */
#include "pplex.h"

#include <string.h>

enum class { OTHER, BLANK, NEWLINE, LETTER, DIGIT, QUOTE, SLASH, BACKSLASH, HASH, DOT, QUESTION };

static const unsigned char classes[256] = {
    [' '] = BLANK,  ['\t'] = BLANK,     ['\v'] = BLANK,    ['\f'] = BLANK, ['\n'] = NEWLINE,
    ['\r'] = NEWLINE, ['"'] = QUOTE,    ['\''] = QUOTE,    ['/'] = SLASH,  ['\\'] = BACKSLASH,
    ['#'] = HASH,   ['.'] = DOT,        ['?'] = QUESTION,  ['_'] = LETTER, ['$'] = LETTER,
    ['0' ... '9'] = DIGIT, ['a' ... 'z'] = LETTER, ['A' ... 'Z'] = LETTER, [0x80 ... 0xFF] = LETTER,
};

static enum class class_of(char c)
{
    return classes[(unsigned char)c];
}

pplex pp_file(const char *text, size_t len, bool trigraphs)
{
    bool mark = len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0;
    return (pplex){text, len, mark ? 3 : 0, trigraphs, true, false};
}

pplex pp_directive(const pplex *file, pp_token directive)
{
    size_t hash = file->text[directive.begin] == '#'   ? 1
                  : file->text[directive.begin] == '?' ? 3
                                                       : 2;
    return (pplex){file->text, directive.end, directive.begin + hash, file->trigraphs, false, true};
}

/* The length of a splice at pos (backslash or its trigraph, then a newline), or 0. */
static size_t splice_at(const pplex *l, size_t pos)
{
    size_t back = l->text[pos] == '\\' ? 1 : 0;
    if (back == 0 && l->trigraphs && l->len - pos > 3 && memcmp(l->text + pos, "?\?/", 3) == 0)
        back = 3;
    if (back == 0 || pos + back >= l->len)
        return 0;
    size_t after = pos + back;
    while (after < l->len && (l->text[after] == ' ' || l->text[after] == '\t'))
        after++; /* gcc and clang allow blanks there */
    if (after < l->len && l->text[after] == '\r')
        return after + 1 - pos + (after + 1 < l->len && l->text[after + 1] == '\n');
    return after < l->len && l->text[after] == '\n' ? after + 1 - pos : 0;
}

/* pos moved over splices. */
static size_t over_splices(const pplex *l, size_t pos)
{
    size_t len;
    while (pos < l->len && (len = splice_at(l, pos)) != 0)
        pos += len;
    return pos;
}

/* The byte at pos, behind splices; '\0' at the end. next: where the byte behind it is. */
static char byte_at(const pplex *l, size_t pos, size_t *next)
{
    enum class c = class_of(l->text[pos]);
    if (c == BACKSLASH || c == QUESTION)
        pos = over_splices(l, pos);
    *next = pos + 1;
    return pos < l->len ? l->text[pos] : '\0';
}

static size_t skip_line_comment(const pplex *l, size_t pos)
{
    while (pos < l->len && l->text[pos] != '\n' && l->text[pos] != '\r') {
        size_t joined = splice_at(l, pos);
        pos += joined != 0 ? joined : 1;
    }
    return pos;
}

/* pos: behind the opening of a comment. */
static size_t skip_block_comment(const pplex *l, size_t pos)
{
    while (pos < l->len) {
        const char *star = memchr(l->text + pos, '*', l->len - pos);
        if (star == NULL)
            return l->len;
        size_t next;
        pos = (size_t)(star - l->text) + 1;
        if (pos < l->len && byte_at(l, pos, &next) == '/')
            return next;
    }
    return l->len;
}

/* Whether a comment begins at pos; moves behind it. */
static bool skip_comment(const pplex *l, size_t *pos)
{
    size_t next;
    char c = byte_at(l, *pos + 1, &next);
    if (c == '/')
        *pos = skip_line_comment(l, next);
    else if (c == '*')
        *pos = skip_block_comment(l, next);
    else
        return false;
    return true;
}

/* Behind a literal whose quote is at pos; an unfinished one ends with its line. */
static size_t skip_literal(const pplex *l, size_t pos)
{
    char quote = l->text[pos++];
    while (pos < l->len) {
        char c = l->text[pos];
        size_t joined = class_of(c) == BACKSLASH || c == '?' ? splice_at(l, pos) : 0;
        if (joined != 0)
            pos += joined;
        else if (c == '\n' || c == '\r')
            return pos;
        else if (c == '\\' && pos + 1 < l->len) {
            pos = over_splices(l, pos + 1);
            pos += pos < l->len && l->text[pos] != '\n' && l->text[pos] != '\r';
        } else if (c == '?' && l->trigraphs && l->len - pos > 3 &&
                   memcmp(l->text + pos, "?\?/", 3) == 0)
            pos += 4; /* an escape written as a trigraph */
        else if (pos++, c == quote)
            return pos;
    }
    return l->len;
}

/* Behind a directive that begins at pos: the end of the logical line. */
static size_t skip_directive(const pplex *l, size_t pos)
{
    while (pos < l->len && class_of(l->text[pos]) != NEWLINE) {
        char c = l->text[pos];
        size_t joined = c == '\\' || c == '?' ? splice_at(l, pos) : 0;
        if (joined != 0)
            pos += joined;
        else if (c == '"' || c == '\'')
            pos = skip_literal(l, pos);
        else if (c != '/' || !skip_comment(l, &pos))
            pos++;
    }
    return pos;
}

/* To the first byte of a token, or the end. */
static void skip_blanks(pplex *l)
{
    while (l->pos < l->len) {
        char c = l->text[l->pos];
        size_t joined;
        switch (class_of(c)) {
        case BLANK:
            l->pos++;
            break;
        case NEWLINE:
            l->line_start = true;
            l->pos++;
            break;
        case SLASH:
            if (!skip_comment(l, &l->pos))
                return;
            break;
        case BACKSLASH:
        case QUESTION:
            joined = splice_at(l, l->pos);
            if (joined == 0)
                return;
            l->pos += joined;
            break;
        default:
            return;
        }
    }
}

/* Behind an identifier or a number that begins at pos. */
static size_t skip_word(const pplex *l, size_t pos, bool number, bool *spliced)
{
    for (;;) {
        while (pos < l->len && class_of(l->text[pos]) == LETTER)
            pos++;
        if (pos >= l->len)
            return l->len;
        enum class c = class_of(l->text[pos]);
        if (c == DIGIT || (number && c == DOT)) {
            pos++;
        } else if (number && (l->text[pos] == '+' || l->text[pos] == '-') &&
                   strchr("eEpP", l->text[pos - 1]) != NULL) {
            pos++;
        } else if (c == BACKSLASH || c == QUESTION) {
            size_t after = over_splices(l, pos);
            enum class d = after < l->len ? class_of(l->text[after]) : OTHER;
            if (after == pos || (d != LETTER && d != DIGIT))
                return pos;
            *spliced = true;
            pos = after;
        } else {
            return pos;
        }
    }
}

/* Whether # begins here, as itself, %: or ??=. */
static bool is_hash(const pplex *l, size_t pos)
{
    if (l->text[pos] == '#' || (l->text[pos] == '%' && l->text[pos + 1] == ':'))
        return true;
    return l->trigraphs && l->len - pos >= 3 && memcmp(l->text + pos, "?\?=", 3) == 0;
}

pp_token pp_next(pplex *l)
{
    skip_blanks(l);
    pp_token t = {PP_END, l->pos, l->pos, false};
    if (l->pos >= l->len)
        return t;
    char c = l->text[l->pos];
    enum class kind = class_of(c);
    if (kind == LETTER) {
        t.kind = PP_IDENT;
        t.end = skip_word(l, l->pos, false, &t.spliced);
        /* u8"x", L'x': a literal with a prefix */
        if (t.end - t.begin <= 2 && t.end < l->len && class_of(l->text[t.end]) == QUOTE &&
            strchr("uUL", c) != NULL) {
            t.kind = PP_STRING;
            t.end = skip_literal(l, t.end);
        }
    } else if (kind == DIGIT || (kind == DOT && class_of(l->text[l->pos + 1]) == DIGIT)) {
        t.kind = PP_NUMBER;
        t.end = skip_word(l, l->pos, true, &t.spliced);
    } else if (kind == QUOTE) {
        t.kind = PP_STRING;
        t.end = skip_literal(l, l->pos);
    } else if (l->line_start && !l->in_line && is_hash(l, l->pos)) {
        t.kind = PP_DIRECTIVE;
        t.end = skip_directive(l, l->pos);
    } else {
        t.kind = PP_PUNCT;
        t.end = l->pos + 1 + (c == '#' && l->text[l->pos + 1] == '#');
    }
    l->line_start = false;
    l->pos = t.end;
    return t;
}

pp_token pp_peek(const pplex *l)
{
    pplex copy = *l;
    return pp_next(&copy);
}

view pp_spelling(const pplex *l, pp_token t, str *scratch)
{
    if (!t.spliced)
        return (view){l->text + t.begin, t.end - t.begin};
    str_clear(scratch);
    for (size_t pos = t.begin; pos < t.end;) {
        size_t joined = splice_at(l, pos);
        if (joined == 0)
            str_putc(scratch, l->text[pos]);
        pos += joined != 0 ? joined : 1;
    }
    return (view){scratch->data, scratch->len};
}

bool pp_is(const pplex *l, pp_token t, const char *spelling)
{
    str scratch = {0};
    bool same = view_eq(pp_spelling(l, t, &scratch), spelling);
    str_free(&scratch);
    return same;
}

bool pp_is_punct(const pplex *l, pp_token t, char c)
{
    return t.kind == PP_PUNCT && l->text[t.begin] == c && t.end == t.begin + 1;
}

bool pp_skip_parens(pplex *l)
{
    for (size_t depth = 1; depth != 0;) {
        pp_token t = pp_next(l);
        if (t.kind == PP_END)
            return false;
        depth += pp_is_punct(l, t, '(');
        depth -= pp_is_punct(l, t, ')');
    }
    return true;
}
