/* Tokens of C text, just enough to find the parenthesis behind a name or the end of a declarator.
 *
 * Relies on nothing. Comments, strings, character constants and line splices are understood;
 * preprocessor lines count as white space. Positions are byte offsets; text[len] == '\0'. */
#ifndef TINE_TRANSLATOR_LEX_H
#define TINE_TRANSLATOR_LEX_H

#include <stdbool.h>
#include <stddef.h>

typedef struct lexer {
    const char *text;
    size_t len;
} lexer;

/* The first byte at or behind pos that belongs to a token; len at the end. */
size_t lex_skip_space(const lexer *l, size_t pos);

/* The end of the token that begins at pos (pos must be such a byte). */
size_t lex_token_end(const lexer *l, size_t pos);

/* The start of the next token behind the one at pos. */
size_t lex_next(const lexer *l, size_t pos);

/* The bytes of the bracket at pos (digraphs and trigraphs are brackets as well), or 0 when that is
 * not the one asked for. */
size_t lex_bracket(const lexer *l, size_t pos, char which);

/* pos is at ( [ or {: the offset of its partner, or SIZE_MAX. */
size_t lex_match(const lexer *l, size_t pos);

/* The first comma or semicolon, or the closing bracket, at the depth of pos (which is behind the opening one);
 * SIZE_MAX without one. */
size_t lex_argument_end(const lexer *l, size_t pos);

/* Whether an identifier token begins at pos and is name. */
bool lex_is(const lexer *l, size_t pos, const char *name);

/* Whether a byte may be part of an identifier. */
bool lex_is_ident(char c);

#endif
