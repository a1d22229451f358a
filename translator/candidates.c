/* Finds macro invocations that may have to be expanded; see candidates.h. */
#include "candidates.h"

#include <stdlib.h>
#include <string.h>

#include "pplex.h"
#include "words.h"

/* An open parenthesis.  begin == SCAN_NOWHERE: with no name before it */
typedef struct frame {
    size_t begin;    /* of the name */
    bool wanted;     /* a candidate whatever the arguments are */
    bool callee;
    bool words;      /* words or suspicious macros in the arguments */
    bool fragments;  /* fragments of words in the arguments */
    unsigned macro;  /* flags of the name */
    bool asked;      /* macro is known; else it is asked for when needed */
    bool never;      /* a keyword or a word of Tine */
    bool spawn_on;   /* of spawn_on: a call follows its first comma */
} frame;

typedef struct finder {
    candidates *out;
    scan *scan;
    pplex lex;
    frame *frames;
    size_t depth, frame_cap;
    size_t braces;
    size_t base; /* depth where the outermost brace was opened */
    size_t callee_end; /* names before this offset belong to a callee */
    str scratch;
} finder;

void candidates_free(candidates *c)
{
    free(c->items);
    free(c->contexts);
    *c = (candidates){0};
}

/* Adds one; those inside it go. */
static void add(finder *f, size_t begin, size_t end, bool callee)
{
    candidates *c = f->out;
    while (c->count != 0 && c->items[c->count - 1].begin >= begin) {
        callee |= c->items[c->count - 1].callee;
        c->count--;
    }
    c->items = mem_grow(c->items, &c->cap, c->count, sizeof *c->items);
    c->items[c->count++] = (candidate){begin, end, callee};
}

static void add_context(finder *f, size_t begin, size_t end)
{
    candidates *c = f->out;
    c->contexts = mem_grow(c->contexts, &c->context_cap, c->context_count, sizeof *c->contexts);
    c->contexts[c->context_count++] = (candidate_context){begin, end};
}

/* A name that changes the meaning of macros, or of __COUNTER__, behind it. */
static void note_context(finder *f, view name, pp_token t)
{
    if (name.len != 7 && name.len != 11)
        return;
    if (view_eq(name, "__COUNTER__")) {
        add_context(f, t.begin, t.end);
    } else if (view_eq(name, "_Pragma")) {
        pplex l = f->lex;
        if (pp_is_punct(&l, pp_next(&l), '(') && pp_skip_parens(&l))
            add_context(f, t.begin, l.pos);
    }
}

static void push(finder *f, frame top)
{
    f->frames = mem_grow(f->frames, &f->frame_cap, f->depth, sizeof *f->frames);
    f->frames[f->depth++] = top;
}

/* Words that can stand before a parenthesis and are no macro. */
static bool is_keyword(view name)
{
    static const char *const keywords[] = {
        "if",     "while",      "for",           "switch",        "return",   "sizeof", "defined",
        "_Alignof", "_Generic", "__typeof__",    "typeof",        "__typeof", "else",   "do",
        "case",   "_Static_assert", "__attribute__", "__extension__", "_Atomic", "asm", "__asm__",
    };
    for (size_t i = 0; i < sizeof keywords / sizeof keywords[0]; i++)
        if (view_eq(name, keywords[i]))
            return true;
    return false;
}

/* System macros that are no real call: the translator rejects them under the user's name. */
static bool stays(view name)
{
    static const char *const names[] = {"va_arg", "va_start", "va_end", "va_copy",
                                        "setjmp", "sigsetjmp", "alloca", "offsetof"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (view_eq(name, names[i]))
            return true;
    return false;
}

/* Where the function of a call ends, pos being where the call begins: at the last argument list.
 * pos itself: nothing stands before it (spawn (f(x))): then the end of that list. */
static size_t find_callee_end(finder *f, size_t pos)
{
    pplex l = f->lex;
    l.pos = pos;
    size_t last_list = SCAN_NOWHERE;
    bool primary = false; /* the primary expression is complete */
    for (;;) {
        pplex before = l;
        pp_token t = pp_next(&l);
        char c = t.kind == PP_PUNCT ? l.text[t.begin] : '\0';
        if (c == '(') {
            last_list = primary ? t.begin : SCAN_NOWHERE;
            if (!pp_skip_parens(&l))
                return pos;
            if (!primary && !pp_is_punct(&l, pp_peek(&l), '('))
                last_list = l.pos; /* spawn (f(x)), or a member behind it */
            primary = true;
        } else if (c == '[') {
            size_t depth = 1;
            while (depth != 0 && (t = pp_next(&l)).kind != PP_END) {
                depth += pp_is_punct(&l, t, '[');
                depth -= pp_is_punct(&l, t, ']');
            }
        } else if (t.kind == PP_IDENT && !primary) {
            primary = !pp_is(&l, t, "__extension__");
        } else if (c == '.' || (c == '-' && pp_is_punct(&l, pp_peek(&l), '>'))) {
            if (c == '-')
                pp_next(&l);
            pp_next(&l);
        } else if (!primary && (c == '*' || c == '&')) {
            continue;
        } else {
            l = before;
            break;
        }
    }
    return last_list != SCAN_NOWHERE ? last_list : l.pos;
}

/* A call begins behind the token just read: marks how far its callee goes. */
static void begin_call(finder *f)
{
    size_t end = find_callee_end(f, f->lex.pos);
    if (end > f->callee_end)
        f->callee_end = end;
}

/* Flags of a frame's name, asked for late: it may mean reading system headers. */
static unsigned macro_of(finder *f, frame *top)
{
    if (top->asked || top->begin == SCAN_NOWHERE)
        return top->macro;
    pplex l = f->lex;
    l.pos = top->begin;
    l.line_start = false;
    pp_token name = pp_next(&l);
    top->macro = scan_macro(f->scan, pp_spelling(&l, name, &f->scratch), SCAN_PERHAPS);
    top->asked = true;
    return top->macro;
}

static bool is_candidate(finder *f, frame *top)
{
    if (top->begin == SCAN_NOWHERE || top->never)
        return false;
    if (top->wanted)
        return true;
    if (top->words)
        return macro_of(f, top) != 0;
    return top->fragments && (top->macro & SCAN_PASTING) != 0;
}

/* Notes in the innermost frame what was met. */
static void note(finder *f, bool words, bool fragments)
{
    if (f->depth != 0) {
        f->frames[f->depth - 1].words |= words;
        f->frames[f->depth - 1].fragments |= fragments;
    }
}

static void close_paren(finder *f, pp_token t)
{
    if (f->depth == 0)
        return;
    frame top = f->frames[--f->depth];
    note(f, top.words, top.fragments);
    bool more = pp_is_punct(&f->lex, pp_peek(&f->lex), '(');
    if (is_candidate(f, &top)) {
        add(f, top.begin, t.end, top.callee);
        note(f, top.wanted, false);
        top.wanted = true;
    }
    if (more && top.begin != SCAN_NOWHERE && !top.never) { /* a list behind a list */
        f->lex.pos = pp_next(&f->lex).end;
        push(f, top);
    }
}

/* What an ordinary name is to us, as a frame for the argument list that may follow it. */
static frame judge_name(finder *f, view name, size_t begin, bool list)
{
    frame top = {.begin = begin, .never = list && is_keyword(name)};
    if (top.never)
        return top;
    top.callee = begin < f->callee_end && !stays(name);
    top.macro = scan_macro(f->scan, name, top.callee ? SCAN_ALL : SCAN_USER);
    top.asked = top.macro != 0;
    top.wanted = (top.macro & SCAN_SUSPICIOUS) != 0 || (top.callee && top.macro != 0);
    note(f, (top.macro & SCAN_SUSPICIOUS) != 0, words_is_fragment(name));
    return top;
}

static void read_name(finder *f, pp_token t)
{
    view name = pp_spelling(&f->lex, t, &f->scratch);
    enum words_kind word = words_find(name);
    bool list = pp_is_punct(&f->lex, pp_peek(&f->lex), '(');
    note_context(f, name, t);
    bool is_spawn = word != WORDS_NONE && words_is_spawn(name);
    frame top = {.begin = t.begin, .never = true};
    if (word == WORDS_NONE) {
        top = judge_name(f, name, t.begin, list);
    } else {
        note(f, true, false);
        top.spawn_on = words_is_spawn_on(name);
    }
    if (is_spawn) {
        begin_call(f); /* in spawn (f(x)) the parenthesis is no argument list */
    } else if (list) {
        f->lex.pos = pp_next(&f->lex).end;
        push(f, top);
    } else if (top.wanted) {
        add(f, t.begin, t.end, top.callee);
    }
}

static void read_punct(finder *f, pp_token t)
{
    switch (f->lex.text[t.begin]) {
    case '(':
        push(f, (frame){.begin = SCAN_NOWHERE, .never = true});
        break;
    case ')':
        close_paren(f, t);
        break;
    case ',':
        if (f->depth != 0 && f->frames[f->depth - 1].spawn_on) {
            f->frames[f->depth - 1].spawn_on = false;
            begin_call(f);
        }
        break;
    case '{':
        if (f->braces++ == 0)
            f->base = f->depth;
        break;
    case '}':
        if (f->braces != 0 && --f->braces == 0 && f->depth > f->base)
            f->depth = f->base; /* parentheses that #if left open end with their function */
        break;
    default:
        break;
    }
}

void candidates_find(candidates *c, scan *s, const char *text, size_t len)
{
    finder f = {.out = c, .scan = s, .lex = pp_file(text, len, scan_trigraphs(s))};
    pp_token t;
    while ((t = pp_next(&f.lex)).kind != PP_END) {
        if (t.kind == PP_IDENT)
            read_name(&f, t);
        else if (t.kind == PP_PUNCT)
            read_punct(&f, t);
        else if (t.kind == PP_DIRECTIVE)
            add_context(&f, t.begin, t.end);
    }
    free(f.frames);
    str_free(&f.scratch);
}
