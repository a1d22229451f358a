/* Preprocessing tokens of raw text, fast: comments skipped, line splices and trigraphs understood.
 *
 * Relies on str. Positions are byte offsets; text[len] == '\0'. A directive is one token: what is
 * in it is read by a lexer of its own. Unlike lex.h, which walks brackets in a file that has been
 * parsed, this reads text of which nothing is known yet. */
#ifndef TINE_TRANSLATOR_PPLEX_H
#define TINE_TRANSLATOR_PPLEX_H

#include "str.h"

enum pp_kind {
    PP_END,
    PP_IDENT,
    PP_NUMBER,
    PP_STRING, /* and character constants */
    PP_PUNCT,  /* one byte, or ## */
    PP_DIRECTIVE /* from # to the end of the logical line, without its newline */
};

typedef struct pp_token {
    enum pp_kind kind;
    size_t begin, end;
    bool spliced; /* a splice inside: pp_spelling removes it */
} pp_token;

typedef struct pplex {
    const char *text;
    size_t len;
    size_t pos;
    bool trigraphs;  /* whether they count (-std=c11, -trigraphs) */
    bool line_start; /* only blanks since the last newline: a # makes a directive */
    bool in_line;    /* reading a directive: # is punctuation */
} pplex;

/* A lexer at the beginning of a file (a byte order mark is skipped). */
pplex pp_file(const char *text, size_t len, bool trigraphs);
/* A lexer of what stands in a directive, behind its #. */
pplex pp_directive(const pplex *file, pp_token directive);

pp_token pp_next(pplex *l);
pp_token pp_peek(const pplex *l);

/* The token's bytes without splices. The view is good until the next call; scratch holds it where
 * it cannot point into the text. */
view pp_spelling(const pplex *l, pp_token t, str *scratch);
bool pp_is(const pplex *l, pp_token t, const char *spelling);
bool pp_is_punct(const pplex *l, pp_token t, char c);

/* pos: behind an opening parenthesis. Moves behind its partner; false at the end of the text.
 * Directives between the two are skipped. */
bool pp_skip_parens(pplex *l);

#endif
