/* Base cases: what a function says at its very beginning of arguments that need no work.
 *
 *   if (n < 2) return n;        if (node == NULL) { return; }
 *
 * A condition may read parameters and global variables, a value also what those point to; nothing is
 * written, called, volatile, atomic or thread-local. So a spawner may ask in the callee's stead, and need
 * make no task where the answer is there at once: a task may run anywhere and at any time from its spawn on. */
#include "harvest_internal.h"

#include <stdint.h>
#include <string.h>

enum { MAX_CASES = 4, MAX_BYTES = 200 /* of a condition, or of a value */ };

static bool is_plain_type(const ctype *t)
{
    return !t->is_atomic && !t->is_volatile && t->flow == FLOW_NONE;
}

static bool may_read(const place *p, bool memory)
{
    const variable *v = p->var;
    if (!is_plain_type(p->type))
        return false;
    if (v != NULL && (v->is_thread_local || !is_plain_type(v->type) ||
                      (v->storage != STORAGE_PARAM && v->storage != STORAGE_GLOBAL)))
        return false;
    return memory || p->kind == PLACE_VARIABLE || (p->kind == PLACE_PART && v->storage == STORAGE_PARAM);
}

static bool is_hint(const node *n)
{
    const callee *c = n->call->callee;
    return c != NULL && strcmp(c->name, "__builtin_expect") == 0;
}

/* memory: whether it may read what its variables point to. */
static bool is_plain(const node *n, bool memory)
{
    switch (n->kind) {
    case NODE_UNEVALUATED:
        return true;
    case NODE_READ:
        return may_read(&n->place, memory);
    case NODE_CALL:
        return is_hint(n);
    case NODE_SEQUENCE:
    case NODE_AND:
    case NODE_OR:
    case NODE_CONDITIONAL:
        for (const node *child = n->first; child != NULL; child = child->next)
            if (!is_plain(child, memory))
                return false;
        return true;
    default:
        return false;
    }
}

/* The return that a branch is made of; NULL: it is something else. */
static const node *only_return(const node *branch)
{
    while (branch != NULL && (branch->kind == NODE_SEQUENCE || branch->kind == NODE_BLOCK) &&
           branch->scope == NULL && branch->first == branch->last)
        branch = branch->first;
    return branch != NULL && branch->kind == NODE_RETURN ? branch : NULL;
}

/* The semicolon of a statement, from behind its first token on; SIZE_MAX: it does not stand in the text. */
static size_t semicolon(const lexer *l, size_t at, size_t end)
{
    while ((at = lex_skip_space(l, at)) < end) {
        if (l->text[at] == ';')
            return at;
        bool opens = lex_bracket(l, at, '(') > 0 || lex_bracket(l, at, '[') > 0;
        size_t last = opens ? lex_match(l, at) : at;
        if (last == SIZE_MAX || lex_bracket(l, at, '}') > 0)
            break;
        at = lex_token_end(l, last);
    }
    return SIZE_MAX;
}

/* Where the statement of a return ends, with the braces around it; SIZE_MAX: it is not literal. */
static size_t end_of_branch(const lexer *l, const function *f, size_t at, base_case *b)
{
    size_t brace = lex_bracket(l, at, '{');
    if (brace > 0)
        at = lex_skip_space(l, at + brace);
    if (!lex_is(l, at, "return"))
        return SIZE_MAX;
    b->value_begin = lex_skip_space(l, lex_token_end(l, at));
    b->value_end = semicolon(l, b->value_begin, f->body_end);
    if (b->value_end == SIZE_MAX)
        return SIZE_MAX;
    size_t end = b->value_end + 1;
    if (brace == 0)
        return end;
    at = lex_skip_space(l, end);
    brace = lex_bracket(l, at, '}');
    return brace > 0 ? at + brace : SIZE_MAX;
}

/* Reads the case that an if is, and moves *at behind it. */
static bool read_case(harvest *h, const function *f, const node *n, size_t *at, base_case *b)
{
    const lexer *l = &h->u->lex;
    const node *condition = node_child(n, 0), *result = only_return(node_child(n, 1));
    if (condition == NULL || result == NULL || !is_plain(condition, false) ||
        !is_plain(result->first, true) || !lex_is(l, *at, "if"))
        return false;
    size_t open = lex_next(l, *at), close = lex_bracket(l, open, '(') > 0 ? lex_match(l, open) : SIZE_MAX;
    if (close == SIZE_MAX)
        return false;
    b->begin = open + 1;
    b->end = close;
    size_t end = end_of_branch(l, f, lex_next(l, close), b);
    if (end == SIZE_MAX || end > f->body_end || lex_is(l, lex_skip_space(l, end), "else") ||
        b->end - b->begin > MAX_BYTES || b->value_end - b->value_begin > MAX_BYTES ||
        (b->value_end == b->value_begin) != f->result->is_void)
        return false;
    b->at = harvest_location(h, lex_skip_space(l, b->begin));
    *at = end;
    return true;
}

/* Moves *at behind a declaration that does nothing yet. */
static bool skip_declaration(const lexer *l, const variable *v, size_t *at, size_t *last)
{
    if (v->storage != STORAGE_LOCAL || v->has_initialiser || v->type->is_vla || v->in_macro)
        return false;
    if (v->statement_end == *last)
        return true; /* one more name in it */
    if (v->statement_begin != *at)
        return false;
    *last = v->statement_end;
    *at = lex_skip_space(l, v->statement_end);
    return true;
}

/* What 0 can initialise, and nothing. */
static bool is_simple(CXType type)
{
    type = clang_getCanonicalType(type);
    return (type.kind >= CXType_FirstBuiltin && type.kind <= CXType_LastBuiltin) ||
           type.kind == CXType_Complex || type.kind == CXType_Pointer || type.kind == CXType_Enum;
}

void harvest_base_cases(harvest *h, function *f, CXType result)
{
    const lexer *l = &h->u->lex;
    base_case **last = &f->bases;
    if (!f->is_literal || f->has_directive || f->has_name_use || f->has_counter || f->has_errors ||
        !is_simple(result) || f->result->flow != FLOW_NONE || f->param_count == 0)
        return;
    size_t at = lex_skip_space(l, f->body_begin + lex_bracket(l, f->body_begin, '{')), declared = 0;
    unsigned count = 0;
    for (const node *n = f->body->first; n != NULL && count < MAX_CASES; n = n->next) {
        base_case found = {0};
        if (n->kind == NODE_DECLARE && skip_declaration(l, n->var, &at, &declared))
            continue;
        if (n->kind != NODE_IF || n->begin != at || !read_case(h, f, n, &at, &found))
            break;
        at = lex_skip_space(l, at);
        *last = arena_alloc(&h->m->arena, sizeof **last);
        **last = found;
        last = &(*last)->next;
        count++;
    }
}
