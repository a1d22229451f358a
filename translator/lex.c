/* Tokens of C text: see lex.h. */
#include "lex.h"

#include <stdint.h>
#include <string.h>

bool lex_is_ident(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '$' || (unsigned char)c >= 0x80;
}

/* A backslash (or its trigraph) and the line end behind it: how many bytes, or 0. gcc and clang allow
 * blanks between the two. */
static size_t splice(const lexer *l, size_t pos)
{
    size_t len = l->text[pos] == '\\' ? 1 : strncmp(l->text + pos, "?\?/", 3) == 0 ? 3 : 0;
    if (len == 0)
        return 0;
    while (l->text[pos + len] == ' ' || l->text[pos + len] == '\t')
        len++;
    if (l->text[pos + len] == '\n')
        return len + 1;
    if (l->text[pos + len] == '\r')
        return l->text[pos + len + 1] == '\n' ? len + 2 : len + 1;
    return 0;
}

/* A universal character name (\u00e4, \U0001f600), which may stand in an identifier: how many bytes, or 0;
 * *point gets what it names. */
static size_t universal(const lexer *l, size_t pos, unsigned long *point)
{
    char kind = l->text[pos] == '\\' ? l->text[pos + 1] : '\0';
    size_t digits = kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
    *point = 0;
    for (size_t i = 0; i < digits; i++) {
        const char *hex = "0123456789abcdef", *at;
        char c = l->text[pos + 2 + i];
        c = c >= 'A' && c <= 'F' ? (char)(c - 'A' + 'a') : c;
        at = c == '\0' ? NULL : strchr(hex, c);
        if (at == NULL)
            return 0;
        *point = *point << 4 | (unsigned long)(at - hex);
    }
    return digits == 0 ? 0 : digits + 2;
}

static bool begins_ident(const lexer *l, size_t pos)
{
    unsigned long point;
    return lex_is_ident(l->text[pos]) || universal(l, pos, &point) > 0;
}

/* The bracket at pos, which may be a digraph or a trigraph; *len its bytes. 0: no bracket. */
static char bracket(const lexer *l, size_t pos, size_t *len)
{
    static const struct {
        const char *text;
        char means;
    } others[] = {{"<%", '{'}, {"%>", '}'}, {"<:", '['}, {":>", ']'},
                  {"?\?<", '{'}, {"?\?>", '}'}, {"?\?(", '['}, {"?\?)", ']'}};
    char c = l->text[pos];
    *len = 1;
    if (c == '(' || c == ')' || c == '[' || c == ']' || c == '{' || c == '}')
        return c;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strncmp(l->text + pos, others[i].text, strlen(others[i].text)) == 0) {
            *len = strlen(others[i].text);
            return others[i].means;
        }
    return 0;
}

size_t lex_bracket(const lexer *l, size_t pos, char which)
{
    size_t len;
    return pos < l->len && bracket(l, pos, &len) == which ? len : 0;
}

/* Behind the comment that begins at pos. It may hold NUL. */
static size_t comment_end(const lexer *l, size_t pos)
{
    size_t begin = pos + 2 < l->len ? pos + 2 : l->len;
    const char *end = memmem(l->text + begin, l->len - begin, "*/", 2);
    return end == NULL ? l->len : (size_t)(end - l->text) + 2;
}

/* Behind the end of the line that holds pos, splices and comments heeded: for a directive. */
static size_t skip_line(const lexer *l, size_t pos)
{
    while (pos < l->len && l->text[pos] != '\n') {
        size_t joined = splice(l, pos);
        if (joined > 0) {
            pos += joined;
        } else if (l->text[pos] == '/' && l->text[pos + 1] == '*') {
            pos = comment_end(l, pos);
        } else {
            pos++;
        }
    }
    return pos;
}

/* Whether only blanks stand between the line's start and pos. */
static bool at_line_start(const lexer *l, size_t pos)
{
    while (pos > 0 && (l->text[pos - 1] == ' ' || l->text[pos - 1] == '\t'))
        pos--;
    return pos == 0 || l->text[pos - 1] == '\n' || l->text[pos - 1] == '\r';
}

static bool begins_directive(const lexer *l, size_t pos)
{
    return l->text[pos] == '#' || strncmp(l->text + pos, "%:", 2) == 0 ||
           strncmp(l->text + pos, "?\?=", 3) == 0;
}

size_t lex_skip_space(const lexer *l, size_t pos)
{
    while (pos < l->len) {
        char c = l->text[pos];
        size_t joined = splice(l, pos);
        if (joined > 0) {
            pos += joined;
        } else if (c == ' ' || (c >= '\t' && c <= '\r')) {
            pos++;
        } else if (c == '/' && l->text[pos + 1] == '*') {
            pos = comment_end(l, pos);
        } else if ((c == '/' && l->text[pos + 1] == '/') || (begins_directive(l, pos) && at_line_start(l, pos))) {
            pos = skip_line(l, pos);
        } else {
            break;
        }
    }
    return pos;
}

/* Behind a string or character constant whose quote is at pos. */
static size_t quoted_end(const lexer *l, size_t pos)
{
    char quote = l->text[pos++];
    while (pos < l->len && l->text[pos] != quote && l->text[pos] != '\n')
        pos += l->text[pos] == '\\' && pos + 1 < l->len ? 2 : 1;
    return pos < l->len && l->text[pos] == quote ? pos + 1 : pos;
}

size_t lex_token_end(const lexer *l, size_t pos)
{
    if (pos >= l->len)
        return l->len;
    char c = l->text[pos];
    if (c == '"' || c == '\'')
        return quoted_end(l, pos);
    bool number = (c >= '0' && c <= '9') ||
                  (c == '.' && l->text[pos + 1] >= '0' && l->text[pos + 1] <= '9');
    if (!number && !begins_ident(l, pos)) {
        size_t len;
        bracket(l, pos, &len);
        return pos + len;
    }
    while (pos < l->len) {
        size_t joined = splice(l, pos);
        char d = l->text[pos];
        unsigned long point;
        size_t name = universal(l, pos, &point);
        if (joined > 0 && begins_ident(l, pos + joined))
            pos += joined;
        else if (name > 0)
            pos += name;
        else if (lex_is_ident(d) || (number && (d == '.' || d == '\'')))
            pos++;
        else if (number && (d == '+' || d == '-') && strchr("eEpP", l->text[pos - 1]) != NULL)
            pos++;
        else
            break;
    }
    return pos;
}

size_t lex_next(const lexer *l, size_t pos)
{
    return lex_skip_space(l, lex_token_end(l, pos));
}

/* Walks from pos to the first closing bracket at its depth, or (commas) to , or ; there. */
static size_t walk(const lexer *l, size_t pos, bool commas)
{
    size_t depth = 0;
    pos = lex_skip_space(l, pos);
    while (pos < l->len) {
        size_t len;
        char c = bracket(l, pos, &len);
        c = c == 0 ? l->text[pos] : c;
        if (c == '(' || c == '[' || c == '{')
            depth++;
        else if (c == ')' || c == ']' || c == '}') {
            if (depth == 0)
                return pos;
            depth--;
        } else if ((c == ',' || c == ';') && depth == 0 && commas)
            return pos;
        pos = lex_next(l, pos);
    }
    return SIZE_MAX;
}

size_t lex_match(const lexer *l, size_t pos)
{
    return walk(l, lex_token_end(l, pos), false);
}

size_t lex_argument_end(const lexer *l, size_t pos)
{
    return walk(l, pos, true);
}

/* Whether a name goes on with a character, as UTF-8; how many bytes, or 0. */
static size_t goes_on(const char *name, unsigned long point)
{
    unsigned char bytes[4];
    size_t len = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    static const unsigned char first[] = {0, 0, 0xC0, 0xE0, 0xF0}; /* by len */
    for (size_t i = len; i-- > 1; point >>= 6)
        bytes[i] = (unsigned char)(0x80 | (point & 0x3F));
    bytes[0] = (unsigned char)(first[len] | point);
    return strncmp(name, (const char *)bytes, len) == 0 ? len : 0;
}

bool lex_is(const lexer *l, size_t pos, const char *name)
{
    size_t end = lex_token_end(l, pos);
    size_t at = pos;
    if (pos >= l->len || !begins_ident(l, pos))
        return false;
    while (*name != '\0' && at < end) {
        size_t joined = splice(l, at);
        unsigned long point;
        size_t named = universal(l, at, &point);
        size_t same = named > 0 ? goes_on(name, point) : l->text[at] == *name;
        if (joined > 0)
            at += joined;
        else if (same > 0)
            at += named > 0 ? named : 1, name += same;
        else
            return false;
    }
    return *name == '\0' && at == end;
}
